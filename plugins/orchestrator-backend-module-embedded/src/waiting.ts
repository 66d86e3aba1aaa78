/** A promise with its settling functions outside. */
export interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>(settle => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** The value, or undefined when the time is over or a signal is aborted first. */
export async function within<T>(
  promise: Promise<T>,
  timeoutMs: number,
  ...signals: (AbortSignal | undefined)[]
): Promise<T | undefined> {
  const over = deferred<undefined>();
  const stop = () => over.resolve(undefined);
  const timer = setTimeout(stop, timeoutMs);
  for (const signal of signals) {
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) {
      stop();
    }
  }
  try {
    return await Promise.race([promise, over.promise]);
  } finally {
    clearTimeout(timer);
    signals.forEach(signal => signal?.removeEventListener('abort', stop));
  }
}
