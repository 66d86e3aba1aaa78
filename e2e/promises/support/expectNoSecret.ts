import { expect } from '@playwright/test';
import { PROXY_USER, SECRETS } from './secrets';

const CANARIES = [
  ...Object.values(SECRETS),
  // As it is said to the proxy.
  Buffer.from(`${PROXY_USER}:${SECRETS.proxyPassword}`).toString('base64'),
];

/** @param more - what else must not be there */
export function expectNoSecret(
  text: string,
  more: readonly string[] = [],
): void {
  for (const canary of [...CANARIES, ...more]) {
    const at = text.indexOf(canary);
    expect(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 20)).toBe('');
  }
}
