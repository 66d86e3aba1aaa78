import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { createServer as createSecureServer } from 'https';
import { AddressInfo, Socket } from 'net';
import { TlsOptions } from 'tls';

/** A request as tests look at it. */
export interface ReceivedRequest {
  method: string;
  /** Path with query. */
  url: string;
  headers: IncomingMessage['headers'];
  /** As they were spelled. */
  headerNames: string[];
  body: string;
}

/** What a server does with a request: answer, or ruin the connection. */
export type Reaction =
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | { cut: 'before-answer' | 'within-answer' }
  | { hang: true };

/** Decides the reaction to a request. */
export type Handler = (
  request: ReceivedRequest,
) => Reaction | Promise<Reaction>;

/** A local HTTP server for tests, which can also behave badly. */
export class TestServer {
  readonly requests: ReceivedRequest[] = [];
  /** Requests whose sender still waits for an answer. */
  unanswered = 0;
  /** Answers that their receiver did not take to the end. */
  unread = 0;
  readonly #scheme: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #handler: Handler;
  #port = 0;

  private constructor(handler: Handler, tls?: TlsOptions) {
    this.#handler = handler;
    const serve = (request: IncomingMessage, response: ServerResponse) =>
      this.#serve(request, response);
    this.#scheme = tls ? 'https' : 'http';
    this.#server = tls ? createSecureServer(tls, serve) : createServer(serve);
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** Speaks https when it is given certificates. */
  static async start(handler: Handler, tls?: TlsOptions): Promise<TestServer> {
    const server = new TestServer(handler, tls);
    await server.listen();
    return server;
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** Replaces what the server does from now on. */
  handle(handler: Handler) {
    this.#handler = handler;
  }

  /** Starts, or starts again on the same port. */
  async listen(): Promise<void> {
    await new Promise<void>(resolve =>
      this.#server.listen(this.#port, '127.0.0.1', resolve),
    );
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Stops listening and cuts all connections; the port refuses connections afterwards. */
  async close(): Promise<void> {
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    this.unanswered += 1;
    response.once('close', () => {
      this.unanswered -= 1;
      this.unread += response.writableFinished ? 0 : 1;
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const received: ReceivedRequest = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      headerNames: request.rawHeaders.filter((_, i) => i % 2 === 0),
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.requests.push(received);
    const reaction = await this.#handler(received);
    if ('hang' in reaction) {
      return;
    }
    if ('cut' in reaction) {
      cut(reaction.cut, request.socket, response);
      return;
    }
    const isText = typeof reaction.body === 'string';
    response.writeHead(reaction.status, {
      'content-type': isText ? 'text/plain' : 'application/json',
      ...reaction.headers,
    });
    response.end(isText ? reaction.body : JSON.stringify(reaction.body));
  }
}

function cut(
  when: 'before-answer' | 'within-answer',
  socket: Socket,
  response: ServerResponse,
) {
  if (when === 'before-answer') {
    socket.resetAndDestroy();
    return;
  }
  response.writeHead(201, {
    'content-type': 'application/json',
    'content-length': '1000',
  });
  response.write('{"id":', () => socket.destroy());
}
