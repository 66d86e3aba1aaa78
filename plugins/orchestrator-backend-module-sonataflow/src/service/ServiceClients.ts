import { LoggerService } from '@backstage/backend-plugin-api';
import { EgressGuard } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { ServiceRule } from '../config/SonataFlowConfig';
import { Clock } from '../http/Clock';
import { HttpTransport } from '../http/HttpTransport';
import { ProxyRule } from '../http/ProxyRule';
import { ServiceChannel } from './ServiceChannel';
import { ServiceClient } from './ServiceClient';
import { ServiceDirectory } from './ServiceDirectory';

/** What clients are made with. */
export interface ServiceClientsOptions {
  rules: ServiceRule[];
  /** All is called directly by default. */
  proxies?: ProxyRule;
  clock: Clock;
  logger: LoggerService;
}

/** One client for each workflow service, so that each has its own queue and circuit breaker. */
export class ServiceClients {
  readonly #directory: ServiceDirectory;
  readonly #proxies?: ProxyRule;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #clients = new Map<
    string,
    { client: ServiceClient; transport: HttpTransport }
  >();

  private constructor(options: ServiceClientsOptions) {
    this.#directory = ServiceDirectory.create(options.rules);
    this.#proxies = options.proxies;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  static create(options: ServiceClientsOptions): ServiceClients {
    return new ServiceClients(options);
  }

  /** The client for an address of the Data Index; undefined when the configuration lacks it. */
  find(address: string): ServiceClient | undefined {
    const endpoint = this.#directory.find(address);
    if (!endpoint) {
      return undefined;
    }
    const known = this.#clients.get(endpoint.base);
    if (known) {
      return known.client;
    }
    const { rule } = endpoint;
    const transport = HttpTransport.create({
      guard: guardFor(new URL(endpoint.base).hostname, rule),
      tls: rule.tls,
      timeoutMs: rule.timeoutMs,
      proxies: this.#proxies,
    });
    const client = ServiceClient.create(
      ServiceChannel.create({
        endpoint,
        transport,
        clock: this.#clock,
        logger: this.#logger,
      }),
    );
    this.#clients.set(endpoint.base, { client, transport });
    return client;
  }

  /** Refuses what would have to wait for its turn to change something. */
  refuseWaiting() {
    this.#clients.forEach(({ client }) => client.refuseWaiting());
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#clients.values()].map(({ transport }) => transport.close()),
    );
  }
}

function guardFor(hostname: string, rule: ServiceRule): EgressGuard {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const permission = rule.allowPrivate ? 'any' : 'public';
  return EgressGuard.create({
    permitHost: name => (name === host ? permission : 'refuse'),
  });
}
