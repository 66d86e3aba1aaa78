const PAUSE_MS = 20;

/**
 * Repeats an assertion until it holds; rejects with its last failure when the time is over.
 *
 * @public
 */
export async function eventually<T>(
  patienceMs: number,
  assertion: () => T | Promise<T>,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
    }
    await new Promise(resolve => {
      setTimeout(resolve, PAUSE_MS);
    });
  }
}
