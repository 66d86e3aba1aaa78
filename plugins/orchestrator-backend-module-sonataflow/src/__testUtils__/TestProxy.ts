import { createServer, request, Server } from 'http';
import { AddressInfo, connect, Socket } from 'net';

/**
 * A forward proxy for tests: CONNECT, and plain http by absolute address. It resolves names by a table
 * of its own, as a company's proxy does.
 */
export class TestProxy {
  /** `CONNECT host:port` and `GET http://…`, as they came. */
  readonly asked: string[] = [];
  readonly authorizations: Array<string | undefined> = [];
  /** Answers CONNECT with this status instead of connecting. */
  refuseWith?: number;
  readonly #hosts = new Map<string, number>();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((incoming, response) => {
      this.#note(`${incoming.method} ${incoming.url}`, incoming.headers);
      const target = new URL(incoming.url ?? '');
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.#portOf(target.hostname, target.port),
          method: incoming.method,
          path: `${target.pathname}${target.search}`,
          headers: incoming.headers,
        },
        answer => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      outgoing.on('error', () => response.writeHead(502).end());
      incoming.pipe(outgoing);
    });
    this.#server.on('connect', (incoming, client: Socket, head: Buffer) => {
      this.#note(`CONNECT ${incoming.url}`, incoming.headers);
      if (this.refuseWith) {
        client.end(`HTTP/1.1 ${this.refuseWith} No\r\n\r\n`);
        return;
      }
      const [host, port] = (incoming.url ?? '').split(':');
      const upstream = connect(this.#portOf(host, port), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on('error', () => client.end('HTTP/1.1 502 No\r\n\r\n'));
      client.on('error', () => upstream.destroy());
    });
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(): Promise<TestProxy> {
    const proxy = new TestProxy();
    await new Promise<void>(resolve => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get url(): URL {
    const { port } = this.#server.address() as AddressInfo;
    return new URL(`http://127.0.0.1:${port}`);
  }

  /** Lets a name that no DNS knows lead to a server of this machine. */
  resolve(host: string, port: string | number) {
    this.#hosts.set(host, Number(port));
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => {
      this.#server.close(resolve);
    });
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
  }

  #note(what: string, headers: Record<string, unknown>) {
    this.asked.push(what);
    this.authorizations.push(headers['proxy-authorization'] as string);
  }

  #portOf(host: string, port: string): number {
    return this.#hosts.get(host) ?? Number(port);
  }
}
