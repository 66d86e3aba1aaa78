import { once } from 'node:events';
import { Agent, createServer, request, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** Hands requests on to another server, counts them, and times those that change something. */
export class CountingProxy {
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true });
  #count = 0;
  #lastMs = 0;

  static async start(target: string): Promise<CountingProxy> {
    const proxy = new CountingProxy(new URL(target));
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  private constructor(target: URL) {
    this.#server = createServer((incoming, response) => {
      this.#count += 1;
      const began = performance.now();
      const outgoing = request(
        {
          agent: this.#agent,
          hostname: target.hostname,
          port: target.port,
          method: incoming.method,
          path: incoming.url,
          headers: { ...incoming.headers, host: target.host },
        },
        answer => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
          if (incoming.method === 'POST') {
            answer.once('end', () => {
              this.#lastMs = performance.now() - began;
            });
          }
        },
      );
      outgoing.once('error', () => response.destroy());
      incoming.pipe(outgoing);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many requests there were so far. */
  get count(): number {
    return this.#count;
  }

  /** How long the target took for the last POST. */
  get lastMs(): number {
    return this.#lastMs;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
    this.#agent.destroy();
  }
}
