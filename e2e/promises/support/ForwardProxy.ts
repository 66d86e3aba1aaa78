import {
  createServer,
  IncomingMessage,
  request as sendRequest,
  Server,
  ServerResponse,
} from 'node:http';
import { connect, Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** A proxy as companies have it, through which everything goes that leaves the portal. */
export class ForwardProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** How those who asked introduced themselves. */
  readonly authorizations = new Set<string | undefined>();
  /** Whether it lets nobody through, whatever his password. */
  isShut = false;

  static async start(port: number): Promise<ForwardProxy> {
    const proxy = new ForwardProxy();
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject);
      proxy.#server.listen(port, '127.0.0.1', resolve);
    });
    return proxy;
  }

  private constructor() {
    this.#server = createServer((request, response) =>
      this.#pass(request, response),
    );
    this.#server.on('connect', (request, client) =>
      this.#tunnel(request, client),
    );
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => {
      this.#server.close(resolve);
    });
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
  }

  #isWelcome({ headers }: IncomingMessage): boolean {
    const given = headers['proxy-authorization'];
    this.authorizations.add(given);
    return given !== undefined && !this.isShut;
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    if (!this.#isWelcome(request)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end();
      return;
    }
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const { method } = request;
    const sent = sendRequest(
      new URL(request.url ?? ''),
      { method, headers, agent: false },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    sent.once('error', () => response.destroy());
    request.pipe(sent);
  }

  #tunnel(request: IncomingMessage, client: Duplex): void {
    if (!this.#isWelcome(request)) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n',
      );
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const service = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      service.pipe(client).pipe(service);
    });
    service.once('error', () => client.destroy());
    client.once('error', () => service.destroy());
  }
}
