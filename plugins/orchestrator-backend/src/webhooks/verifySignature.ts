import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { IncomingHttpHeaders } from 'node:http';
import { WebhookSettings, WebhookSignature } from '../config';

/**
 * Whether whoever sent a body knows one of the secrets. Takes the same time whatever is wrong.
 *
 * @param bytes - the body as it came
 */
export function verifySignature(
  { signature, secrets }: Pick<WebhookSettings, 'signature' | 'secrets'>,
  headers: IncomingHttpHeaders,
  bytes: Buffer,
  now: number,
): boolean {
  const given = headerOf(headers, signature.header) ?? '';
  const timestamp =
    signature.kind === 'timestamped'
      ? headerOf(headers, signature.timestampHeader) ?? ''
      : '';
  // Each is compared, so that the time does not tell which one it was.
  const matches = secrets.map(secret =>
    isEqual(given, expected(signature, secret, timestamp, bytes)),
  );
  return (
    matches.includes(true) &&
    (signature.kind !== 'timestamped' ||
      isRecent(timestamp, signature.toleranceMs, now))
  );
}

function expected(
  signature: WebhookSignature,
  secret: string,
  timestamp: string,
  bytes: Buffer,
): string {
  if (signature.kind === 'token') {
    return secret;
  }
  const hmac = createHmac('sha256', secret);
  if (signature.kind === 'timestamped') {
    hmac.update(`${timestamp}.`);
  }
  return signature.prefix + hmac.update(bytes).digest('hex');
}

/** The time stamp counts seconds; one of the future is as wrong as an old one. */
function isRecent(timestamp: string, toleranceMs: number, now: number) {
  return (
    /^\d{1,12}$/.test(timestamp) &&
    Math.abs(now - Number(timestamp) * 1000) <= toleranceMs
  );
}

/** Compares in constant time, also texts of different length. */
function isEqual(a: string, b: string): boolean {
  const [first, second] = [a, b].map(text =>
    createHash('sha256').update(text).digest(),
  );
  return timingSafeEqual(first, second);
}

function headerOf(
  headers: IncomingHttpHeaders,
  name: string,
): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
