import { mockServices } from '@backstage/backend-test-utils';
import { ServiceRule } from '../config/SonataFlowConfig';
import { AddressPattern } from '../service/AddressPattern';
import { ServiceClient } from '../service/ServiceClient';
import { ServiceClients } from '../service/ServiceClients';
import { FakeClock } from './FakeClock';
import { Reaction, TestServer } from './TestServer';

/** A client of a workflow service that the test plays. */
export class ServiceBed {
  server!: TestServer;
  client!: ServiceClient;
  #clients!: ServiceClients;

  /** For the tests of the describe block around: each has a service of its own. */
  static forTests(): ServiceBed {
    const bed = new ServiceBed();
    beforeEach(async () => {
      bed.server = await TestServer.start(() => ({ status: 500 }));
      bed.#connect();
    });
    afterEach(async () => {
      await bed.#clients.close();
      await bed.server.close();
    });
    return bed;
  }

  private constructor() {}

  /** From now on the service does the same with every request. */
  answer(reaction: Reaction): void {
    this.server.handle(() => reaction);
  }

  /** Connects anew, with another rule for the service. */
  async reconnect(rule: Partial<ServiceRule>): Promise<void> {
    await this.#clients.close();
    this.#connect(rule);
  }

  #connect(rule: Partial<ServiceRule> = {}): void {
    this.#clients = ServiceClients.create({
      rules: [
        {
          match: AddressPattern.parse('http://127.0.0.1:*'),
          allowPrivate: true,
          tls: {},
          timeoutMs: 30_000,
          ...rule,
        },
      ],
      clock: new FakeClock(),
      logger: mockServices.logger.mock(),
    });
    const client = this.#clients.find(this.server.url);
    if (!client) {
      throw new Error('the rule does not match');
    }
    this.client = client;
  }
}
