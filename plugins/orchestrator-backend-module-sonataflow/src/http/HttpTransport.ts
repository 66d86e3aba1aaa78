import { EgressGuard } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { Agent, Dispatcher } from 'undici';
import { TlsConfig } from '../config/SonataFlowConfig';
import { HttpFailure, toHttpFailure } from './HttpFailure';
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
  readonly #tls: TlsConfig;
  readonly #connectTimeoutMs: number;
  readonly #pooled: Dispatcher;

  private constructor(
    guard: EgressGuard,
    tls: TlsConfig,
    connectTimeoutMs: number,
  ) {
    this.#guard = guard;
    this.#tls = tls;
    this.#connectTimeoutMs = connectTimeoutMs;
    this.#pooled = new Agent({
      connect: {
        lookup: guard.lookup,
        timeout: connectTimeoutMs,
        ...(tls.ca ? { ca: tls.ca } : {}),
        ...(tls.cert ? { cert: tls.cert, key: tls.key } : {}),
      },
    });
  }

  static create(options: {
    guard: EgressGuard;
    tls: TlsConfig;
    timeoutMs: number;
  }): HttpTransport {
    const { guard, tls, timeoutMs } = options;
    return new HttpTransport(guard, tls, Math.min(MAX_CONNECT_MS, timeoutMs));
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
    await this.#pooled.destroy();
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
      tls: this.#tls,
      connectTimeoutMs: this.#connectTimeoutMs,
    });
    return {
      status: answer.statusCode ?? 0,
      headers: plainHeaders(answer.headers),
      body: answer,
    };
  }

  async #requestPooled(call: HttpCall, signal: AbortSignal): Promise<Response> {
    const answer = await this.#pooled.request({
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
