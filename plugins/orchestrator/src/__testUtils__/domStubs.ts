/** What xyflow and CodeMirror measure with, and jsdom does not have. */
export function installDomStubs() {
  class InstantResizeObserver implements ResizeObserver {
    readonly #callback: ResizeObserverCallback;

    constructor(callback: ResizeObserverCallback) {
      this.#callback = callback;
    }

    observe(target: Element) {
      const entry = { target } as ResizeObserverEntry;
      this.#callback([entry], this);
    }

    unobserve() {}

    disconnect() {}
  }

  class IdentityMatrix {
    readonly m22 = 1;
  }

  Object.assign(globalThis, {
    ResizeObserver: InstantResizeObserver,
    DOMMatrixReadOnly: IdentityMatrix,
  });
  Object.defineProperties(HTMLElement.prototype, {
    offsetWidth: { configurable: true, get: () => 100 },
    offsetHeight: { configurable: true, get: () => 40 },
  });
  Object.assign(SVGElement.prototype, {
    getBBox: () => ({ x: 0, y: 0, width: 0, height: 0 }),
  });
  const noRects = () => [] as unknown as DOMRectList;
  Object.assign(Range.prototype, {
    getClientRects: noRects,
    getBoundingClientRect: () => new DOMRect(),
  });
}
