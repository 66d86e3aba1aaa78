import { isError } from '@backstage/errors';
import type {
  HttpClient,
  HttpRequest,
  HttpResponse,
} from '@open-orchestrator/serverless-workflow/runtime';
import {
  EgressGuard,
  EgressRefusedError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { EgressList } from './EgressList';
import { exchange } from './exchange';

/** Resolves a name to its addresses. */
export type ResolveHost = (host: string) => Promise<LookupAddress[]>;

export interface GuardedHttpClientOptions {
  allow: EgressList;
  /** Replaces DNS, for tests. */
  resolveHost?: ResolveHost;
  /** Longest accepted answer. */
  maxResponseBytes?: number;
  /** Longest time of one call with its redirects, whatever the caller asks for. */
  maxTimeoutMs?: number;
}

/** As many as SonataFlow's HTTP client follows. */
const MAX_REDIRECTS = 16;
const MAX_RESPONSE_BYTES = 10_000_000;
const MAX_TIMEOUT_MS = 300_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Set by the connection itself; a workflow could otherwise reach another virtual host. */
const OWN_HEADERS = new Set([
  'host',
  'accept-encoding',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
]);
/** Not repeated to another origin. */
const CREDENTIAL_HEADERS = new Set(['authorization', 'cookie', 'x-api-key']);

/**
 * The one way out for workflows. Every address is checked before a connection is opened and the
 * connection goes to the checked address; redirects are followed as SonataFlow does (only where
 * the method stays GET or HEAD, or becomes GET by 303) and each is checked again.
 */
export class GuardedHttpClient implements HttpClient {
  readonly #allow: EgressList;
  readonly #resolveHost: ResolveHost | undefined;
  readonly #maxResponseBytes: number;
  readonly #maxTimeoutMs: number;

  private constructor(options: GuardedHttpClientOptions) {
    this.#allow = options.allow;
    this.#resolveHost = options.resolveHost;
    this.#maxResponseBytes = options.maxResponseBytes ?? MAX_RESPONSE_BYTES;
    this.#maxTimeoutMs = options.maxTimeoutMs ?? MAX_TIMEOUT_MS;
  }

  static create(options: GuardedHttpClientOptions): GuardedHttpClient {
    return new GuardedHttpClient(options);
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const timeoutMs = Math.min(request.timeoutMs, this.#maxTimeoutMs);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([timeout, request.signal])
      : timeout;
    try {
      return await this.#follow({ ...request, headers: own(request) }, signal);
    } catch (error) {
      if (timeout.aborted) {
        throw new Error(
          `No answer from ${withoutQuery(request.url)} within ${timeoutMs} ms.`,
          { cause: error },
        );
      }
      throw error;
    }
  }

  async #follow(
    first: HttpRequest,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    let request = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await this.#call(request, signal);
      const next = redirected(request, response);
      if (!next) {
        return response;
      }
      request = next;
    }
    throw new Error(
      `${withoutQuery(first.url)} redirects more than ${MAX_REDIRECTS} times.`,
    );
  }

  async #call(
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const url = parseUrl(request.url);
    const addresses = await this.#vet(url, signal);
    try {
      return await exchange({
        url,
        addresses,
        method: request.method.toUpperCase(),
        headers: request.headers,
        body: request.body,
        maxResponseBytes: this.#maxResponseBytes,
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      throw new Error(
        `The call to ${withoutQuery(request.url)} failed: ${reason(error)}`,
        { cause: error },
      );
    }
  }

  /** The addresses that the host has, every one of them allowed. */
  async #vet(url: URL, signal: AbortSignal): Promise<LookupAddress[]> {
    const guard = EgressGuard.create(this.#allow.rulesFor(portOf(url)), {
      resolveHost: this.#resolveHost,
    });
    const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
    try {
      guard.check(url);
      return isIP(literal) === 0
        ? await orAbort(guard.resolve(url.hostname), signal)
        : [{ address: literal, family: isIP(literal) }];
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof EgressRefusedError
        ? new Error(
            `${error.message}: orchestrator.embedded.egress.allow says what workflows may call.`,
            { cause: error },
          )
        : new Error(`${url.hostname} can't be resolved: ${reason(error)}`, {
            cause: error,
          });
    }
  }
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/** A look-up can't be cancelled; this stops waiting for it. */
async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text)) {
    throw new Error(`'${text.split('?')[0]}' is not an absolute URL.`);
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new Error(
      `The address of ${url.host} must not carry a user name or password; configure them as properties of the function.`,
    );
  }
  return url;
}

/** The request that a redirect asks for; undefined when the answer is to be given as it is. */
function redirected(
  request: HttpRequest,
  response: HttpResponse,
): HttpRequest | undefined {
  const { location } = response.headers;
  const keepsMethod = /^(GET|HEAD)$/i.test(request.method);
  if (
    !REDIRECTS.has(response.status) ||
    location === undefined ||
    !(keepsMethod || response.status === 303)
  ) {
    return undefined;
  }
  if (!URL.canParse(location, request.url)) {
    throw new Error(
      `${withoutQuery(
        request.url,
      )} redirects to an address that can't be read.`,
    );
  }
  const target = new URL(location, request.url);
  const sameOrigin = target.origin === new URL(request.url).origin;
  const headers = Object.entries(request.headers).filter(
    ([name]) =>
      (sameOrigin || !CREDENTIAL_HEADERS.has(name.toLowerCase())) &&
      (keepsMethod || !name.toLowerCase().startsWith('content-')),
  );
  return {
    ...request,
    url: target.href,
    method: keepsMethod ? request.method : 'GET',
    headers: Object.fromEntries(headers),
    body: keepsMethod ? request.body : undefined,
  };
}

function own(request: HttpRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).filter(
      ([name]) => !OWN_HEADERS.has(name.toLowerCase()),
    ),
  );
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/)[0];
}

function reason(error: unknown): string {
  if (!isError(error)) {
    return 'no reason was given';
  }
  // A host with several addresses fails with one error for each and no message of its own.
  return error.message === '' && Array.isArray(error.errors)
    ? error.errors.map(reason).join('; ')
    : error.message;
}
