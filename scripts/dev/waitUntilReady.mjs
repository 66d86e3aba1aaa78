import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 250;
const REMIND_MS = 15_000;

/**
 * Waits until the app is compiled and every plugin of the backend has started.
 * Says from time to time what it still waits for. Answers false when it is told
 * to stop by the signal.
 */
export async function waitUntilReady({ app, backend, say, signal }) {
  const waiting = new Map([
    ['app', app],
    ['backend', new URL('/.backstage/health/v1/readiness', backend)],
  ]);
  let remindAt = Date.now() + REMIND_MS;
  while (waiting.size > 0 && !signal.aborted) {
    for (const [name, address] of waiting) {
      if (await answers(address)) {
        waiting.delete(name);
      }
    }
    if (waiting.size > 0 && Date.now() > remindAt) {
      remindAt += REMIND_MS;
      say(`Still waiting for ${[...waiting.keys()].join(' and ')} …\n`);
    }
    await delay(POLL_MS);
  }
  return waiting.size === 0;
}

async function answers(address) {
  try {
    const { ok } = await fetch(address, { signal: AbortSignal.timeout(5000) });
    return ok;
  } catch {
    return false;
  }
}
