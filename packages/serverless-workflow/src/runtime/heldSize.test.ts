import { heldSize } from './heldSize';

describe('heldSize', () => {
  it('grows with what a value holds', () => {
    expect(heldSize({ a: 'x'.repeat(1_000) })).toBeGreaterThan(1_000);
    expect(heldSize([1, 2, 3, null, true])).toBeGreaterThan(heldSize([1]));
    expect(heldSize(undefined)).toBeLessThan(100);
  });

  it('counts what is shared once', () => {
    const shared = { text: 'x'.repeat(1_000_000) };

    expect(heldSize(Array(1_000).fill(shared))).toBeLessThan(1_100_000);
  });

  it('survives circles and depth', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    let deep: unknown[] = [];
    for (let level = 0; level < 100_000; level++) {
      deep = [deep];
    }

    expect(heldSize(circle)).toBeGreaterThan(0);
    expect(heldSize(deep)).toBeGreaterThan(100_000);
  });
});
