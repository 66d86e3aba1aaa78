import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 250;

/**
 * Asks again and again until there is an answer, and returns it. An error counts as no answer.
 *
 * @param what - what is waited for, for the message of the failure
 * @throws Error with the last error when the patience is over
 */
export async function until<T>(
  what: string,
  question: () => Promise<T | undefined | false>,
  patienceMs = 180_000,
): Promise<T> {
  const giveUpAt = Date.now() + patienceMs;
  let lastError: unknown;
  while (Date.now() < giveUpAt) {
    try {
      const answer = await question();
      if (answer !== undefined && answer !== false) {
        return answer;
      }
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await pause(POLL_MS);
  }
  throw new Error(`Waited in vain until ${what}`, { cause: lastError });
}
