import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/**
 * The service that the workflow `contract_calling` calls: it answers or fails as the test says.
 * @public
 */
export class ContractService {
  readonly #server: Server;
  #isFailing = false;

  private constructor() {
    this.#server = createServer((_request, response) => {
      response.writeHead(this.#isFailing ? 500 : 200, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify({ isWell: !this.#isFailing }));
    });
  }

  /** @param port - a free one is taken without it */
  static async start(port = 0): Promise<ContractService> {
    const service = new ContractService();
    await new Promise<void>((resolve, reject) => {
      service.#server.once('error', reject);
      service.#server.listen(port, '127.0.0.1', resolve);
    });
    return service;
  }

  get host(): string {
    return '127.0.0.1';
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  fail(): void {
    this.#isFailing = true;
  }

  recover(): void {
    this.#isFailing = false;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
