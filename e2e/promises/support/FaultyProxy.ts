import {
  createServer,
  IncomingMessage,
  request as sendRequest,
  Server,
  ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { TlsOptions } from 'node:tls';

/**
 * What happens to a request on its way.
 *
 * - `cut-before`: the connection ends before anything reached the service
 * - `cut-during`: the service has the request, and the connection ends at once
 * - `cut-after`: the service has answered, and the connection ends within the answer
 * - `hang`: nothing happens any more
 * - `{ status, body }`: the proxy answers itself
 * - `{ delayMs }`: it takes longer
 */
export type Fault =
  | 'cut-before'
  | 'cut-during'
  | 'cut-after'
  | 'hang'
  | { status: number; body: string | Buffer }
  | { delayMs: number };

type Chooser = (request: IncomingMessage) => Fault | undefined;

/** Stands before a service and spoils what is said to it. */
export class FaultyProxy {
  readonly #server: Server;
  readonly #scheme: string;
  readonly #target: URL;
  #fault: Chooser = () => undefined;
  /** Requests that reached the service, as `POST /path`. */
  readonly passed: string[] = [];
  /** Requests that were spoiled. */
  readonly spoiled: string[] = [];
  /** How those who asked introduced themselves. */
  readonly authorizations = new Set<string | undefined>();

  /** @param tls - with certificates it speaks https */
  static async start(
    port: number,
    target: string,
    tls?: TlsOptions,
  ): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target, tls);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject);
      proxy.#server.listen(port, '127.0.0.1', resolve);
    });
    return proxy;
  }

  private constructor(target: string, tls?: TlsOptions) {
    this.#target = new URL(target);
    this.#scheme = tls ? 'https' : 'http';
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      this.#handle(request, response).catch(() => request.socket.destroy());
    };
    this.#server = tls ? createSecureServer(tls, handle) : createServer(handle);
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${this.#scheme}://127.0.0.1:${port}`;
  }

  /** From now on: what to do with which request; nothing for those that shall pass. */
  spoil(fault: Fault | Chooser): void {
    this.#fault = typeof fault === 'function' ? fault : () => fault;
  }

  /** From now on everything passes, and what hung is cut off. */
  heal(): void {
    this.#fault = () => undefined;
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const line = `${request.method} ${request.url}`;
    this.authorizations.add(request.headers.authorization);
    const fault = this.#fault(request);
    (fault === undefined ? this.passed : this.spoiled).push(line);
    if (fault === 'hang') {
      return;
    }
    if (fault === 'cut-before') {
      request.socket.resetAndDestroy();
      return;
    }
    if (typeof fault === 'object' && 'status' in fault) {
      response.writeHead(fault.status, { 'content-type': 'application/json' });
      response.end(fault.body);
      return;
    }
    if (typeof fault === 'object') {
      await new Promise(resolve => {
        setTimeout(resolve, fault.delayMs);
      });
    }
    const answer = this.#forward(request, Buffer.concat(chunks));
    if (fault === 'cut-during') {
      answer.catch(() => {});
      request.socket.resetAndDestroy();
      return;
    }
    await pass(await answer, response, fault === 'cut-after');
  }

  #forward(request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = sendRequest(
        new URL(request.url ?? '/', this.#target),
        { method: request.method, headers: request.headers, agent: false },
        resolve,
      );
      sent.once('error', reject);
      sent.end(body);
    });
  }
}

async function pass(
  answer: IncomingMessage,
  response: ServerResponse,
  isCut: boolean,
) {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) {
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const headers = Object.entries(answer.headers).filter(
    ([name]) => !/^(transfer-encoding|connection|content-length)$/.test(name),
  );
  response.writeHead(answer.statusCode ?? 502, {
    ...Object.fromEntries(headers),
    'content-length': body.length,
  });
  if (isCut) {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () =>
      response.socket?.resetAndDestroy(),
    );
  } else {
    response.end(body);
  }
}
