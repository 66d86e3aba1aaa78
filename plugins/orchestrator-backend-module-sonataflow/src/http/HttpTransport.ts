import { EgressGuard } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { Agent, Dispatcher } from 'undici';
import { TlsConfig } from '../config/SonataFlowConfig';
import { HttpFailure, toHttpFailure } from './HttpFailure';

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
  readonly #pooled: Dispatcher;
  readonly #fresh: Dispatcher;

  private constructor(
    guard: EgressGuard,
    pooled: Dispatcher,
    fresh: Dispatcher,
  ) {
    this.#guard = guard;
    this.#pooled = pooled;
    this.#fresh = fresh;
  }

  static create(options: {
    guard: EgressGuard;
    tls: TlsConfig;
    timeoutMs: number;
  }): HttpTransport {
    const { guard, tls, timeoutMs } = options;
    const connect = {
      lookup: guard.lookup,
      timeout: Math.min(MAX_CONNECT_MS, timeoutMs),
      ...(tls.ca ? { ca: tls.ca } : {}),
      ...(tls.cert ? { cert: tls.cert, key: tls.key } : {}),
    };
    return new HttpTransport(
      guard,
      new Agent({ connect }),
      new Agent({ connect, pipelining: 0 }),
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
    await Promise.all([this.#pooled.destroy(), this.#fresh.destroy()]);
  }

  async #exchange(call: HttpCall, timeout: AbortSignal): Promise<HttpAnswer> {
    const dispatcher = call.freshConnection ? this.#fresh : this.#pooled;
    const response = await dispatcher.request({
      origin: call.url.origin,
      path: `${call.url.pathname}${call.url.search}`,
      method: call.method,
      headers: call.headers,
      body: call.body,
      signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
    });
    const headers = plainHeaders(response.headers);
    const { statusCode: status, body } = response;
    return {
      status,
      headers,
      text: await readText(body, call, status, headers),
    };
  }
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
