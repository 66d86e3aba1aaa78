import { EgressGuard } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { SecureContext } from 'tls';
import { Agent, Dispatcher, ProxyAgent } from 'undici';
import { TlsConfig } from '../config/SonataFlowConfig';
import { HttpFailure, toHttpFailure } from './HttpFailure';
import { Proxy, ProxyRule } from './ProxyRule';
import { secureContextOf } from './secureContextOf';
import { sendOnFreshConnection } from './sendOnFreshConnection';

const MAX_CONNECT_MS = 5_000;

/** One request. */
export interface HttpCall {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  timeoutMs: number;
  /** Answers with more bytes fail as `too-large`. */
  maxBytes: number;
  /**
   * Sends on a fresh connection. An idle one may be closed by the other side in the very moment of
   * sending, after which nobody can tell what became of the request.
   */
  freshConnection?: boolean;
  signal?: AbortSignal;
}

/** An answer, whatever its status; redirects are answers too and are never followed. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Sends HTTP requests through the egress guard, with a time limit and a size limit. */
export class HttpTransport {
  readonly #guard: EgressGuard;
  readonly #proxies: ProxyRule;
  readonly #secureContext?: SecureContext;
  readonly #connectTimeoutMs: number;
  /** Pooled connections; by the proxy that they go through, directly without one. */
  readonly #pools = new Map<Proxy | undefined, Dispatcher>();

  private constructor(
    guard: EgressGuard,
    proxies: ProxyRule,
    secureContext: SecureContext | undefined,
    connectTimeoutMs: number,
  ) {
    this.#guard = guard;
    this.#proxies = proxies;
    this.#secureContext = secureContext;
    this.#connectTimeoutMs = connectTimeoutMs;
  }

  static create(options: {
    guard: EgressGuard;
    tls: TlsConfig;
    timeoutMs: number;
    /** All is called directly by default. */
    proxies?: ProxyRule;
  }): HttpTransport {
    const { guard, tls, timeoutMs, proxies = ProxyRule.none() } = options;
    return new HttpTransport(
      guard,
      proxies,
      secureContextOf(tls),
      Math.min(MAX_CONNECT_MS, timeoutMs),
    );
  }

  /**
   * Sends one request, once.
   *
   * @throws HttpFailure telling how far it got, or the reason of the caller's signal
   */
  async send(call: HttpCall): Promise<HttpAnswer> {
    call.signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(call.timeoutMs);
    try {
      this.#guard.check(call.url);
      return await this.#exchange(call, timeout);
    } catch (error) {
      call.signal?.throwIfAborted();
      if (timeout.aborted && !(error instanceof HttpFailure)) {
        throw new HttpFailure(
          'timeout',
          `${call.url.host} did not answer within ${call.timeoutMs} ms`,
        );
      }
      throw toHttpFailure(error, call.url.host);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map(pool => pool.destroy()));
  }

  async #exchange(call: HttpCall, timeout: AbortSignal): Promise<HttpAnswer> {
    const signal = call.signal
      ? AbortSignal.any([call.signal, timeout])
      : timeout;
    const response = call.freshConnection
      ? await this.#requestFresh(call, signal)
      : await this.#requestPooled(call, signal);
    const { status, headers } = response;
    const text = await readText(response.body, call, status, headers);
    return { status, headers, text };
  }

  async #requestFresh(call: HttpCall, signal: AbortSignal): Promise<Response> {
    const answer = await sendOnFreshConnection({
      method: call.method,
      url: call.url,
      headers: call.headers,
      body: call.body,
      signal,
      lookup: this.#guard.lookup,
      secureContext: this.#secureContext,
      connectTimeoutMs: this.#connectTimeoutMs,
      proxy: this.#proxies.find(call.url),
    });
    return {
      status: answer.statusCode ?? 0,
      headers: plainHeaders(answer.headers),
      body: answer,
    };
  }

  async #requestPooled(call: HttpCall, signal: AbortSignal): Promise<Response> {
    const answer = await this.#poolFor(call.url).request({
      origin: call.url.origin,
      path: `${call.url.pathname}${call.url.search}`,
      method: call.method,
      headers: call.headers,
      body: call.body,
      signal,
    });
    return {
      status: answer.statusCode,
      headers: plainHeaders(answer.headers),
      body: answer.body,
    };
  }

  #poolFor(url: URL): Dispatcher {
    const proxy = this.#proxies.find(url);
    const known = this.#pools.get(proxy);
    if (known) {
      return known;
    }
    const pool = proxy ? this.#poolBehind(proxy) : this.#directPool();
    this.#pools.set(proxy, pool);
    return pool;
  }

  #directPool(): Dispatcher {
    return new Agent({
      connect: {
        lookup: this.#guard.lookup,
        timeout: this.#connectTimeoutMs,
        secureContext: this.#secureContext,
      },
    });
  }

  /** Plain http is asked of the proxy itself: many allow tunnels to port 443 only. */
  #poolBehind({ url, authorization }: Proxy): Dispatcher {
    return new ProxyAgent({
      uri: url.href,
      token: authorization,
      proxyTunnel: false,
      requestTls: {
        timeout: this.#connectTimeoutMs,
        secureContext: this.#secureContext,
      },
      proxyTls: { timeout: this.#connectTimeoutMs },
    });
  }
}

interface Response {
  status: number;
  headers: Record<string, string>;
  body: AsyncIterable<Buffer>;
}

async function readText(
  body: AsyncIterable<Buffer>,
  call: HttpCall,
  status: number,
  headers: Record<string, string>,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > call.maxBytes) {
      // Leaving the loop destroys the stream, so the rest is not transferred.
      throw new HttpFailure(
        'too-large',
        `${call.url.host} answered with more than ${call.maxBytes} bytes`,
        { status, headers },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function plainHeaders(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = Array.isArray(value) ? value[0] : value;
      return text === undefined ? [] : [[name.toLowerCase(), text]];
    }),
  );
}
