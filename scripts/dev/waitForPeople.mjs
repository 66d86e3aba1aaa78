import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 250;

/**
 * Waits until the sample users can sign in: the catalog reads them a moment
 * after the backend is up. Goes on without them after a while, since a portal
 * with other users is fine too.
 */
export async function waitForPeople({ backend, signal, patienceMs = 10_000 }) {
  const address = new URL('/api/auth/dev-user/refresh', backend);
  const giveUpAt = Date.now() + patienceMs;
  while (!signal.aborted && Date.now() < giveUpAt) {
    if (await canSignIn(address)) {
      return;
    }
    await delay(POLL_MS);
  }
}

async function canSignIn(address) {
  try {
    const { ok } = await fetch(address, {
      headers: { 'x-dev-user': 'administrator' },
      signal: AbortSignal.timeout(5000),
    });
    return ok;
  } catch {
    return false;
  }
}
