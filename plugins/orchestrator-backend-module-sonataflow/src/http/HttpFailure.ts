import { EgressRefusedError } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { CONNECT_TIMEOUT } from './sendOnFreshConnection';

/**
 * How far a request got that has no usable answer.
 *
 * - `not-sent`: no connection could be made, so the other side saw nothing
 * - `timeout`: sent, but no complete answer came in time
 * - `broken`: sent, then the connection ended
 * - `too-large`: answered with more bytes than are read
 */
export type HttpFailureKind = 'not-sent' | 'timeout' | 'broken' | 'too-large';

/** A request that has no usable answer. */
export class HttpFailure extends Error {
  readonly kind: HttpFailureKind;
  /** What is known of an answer that was too large. */
  readonly status?: number;
  readonly headers?: Record<string, string>;

  constructor(
    kind: HttpFailureKind,
    message: string,
    options?: {
      cause?: unknown;
      status?: number;
      headers?: Record<string, string>;
    },
  ) {
    super(message, { cause: options?.cause });
    this.name = 'HttpFailure';
    this.kind = kind;
    this.status = options?.status;
    this.headers = options?.headers;
  }
}

/** Codes of errors that happen before the first byte of a request is written. */
const BEFORE_SENDING = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  CONNECT_TIMEOUT,
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** An established connection may end with these too, when routes go away beneath it. */
const WHILE_CONNECTING = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Tells how far a request got from the error of the HTTP client. */
export function toHttpFailure(error: unknown, host: string): HttpFailure {
  if (error instanceof HttpFailure) {
    return error;
  }
  if (error instanceof EgressRefusedError) {
    return new HttpFailure('not-sent', error.message, { cause: error });
  }
  const code = codeOf(error);
  if (isBeforeSending(error)) {
    return new HttpFailure('not-sent', `No connection to ${host} (${code})`, {
      cause: error,
    });
  }
  if (TIMEOUTS.has(code)) {
    return new HttpFailure('timeout', `${host} did not answer in time`, {
      cause: error,
    });
  }
  return new HttpFailure(
    'broken',
    `The connection to ${host} broke (${code})`,
    {
      cause: error,
    },
  );
}

/** With several addresses the error is an aggregate: all of them must have been refused. */
function isBeforeSending(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.every(isBeforeSending);
  }
  const code = codeOf(error);
  return (
    BEFORE_SENDING.has(code) ||
    (WHILE_CONNECTING.has(code) && textIn(error, 'syscall') === 'connect')
  );
}

function codeOf(error: unknown): string {
  return textIn(error, 'code') ?? 'unknown';
}

function textIn(error: unknown, name: 'code' | 'syscall'): string | undefined {
  const members: { code?: unknown; syscall?: unknown } =
    typeof error === 'object' && error !== null ? error : {};
  const value = members[name];
  return typeof value === 'string' ? value : undefined;
}
