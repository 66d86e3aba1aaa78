import { LoggerService } from '@backstage/backend-plugin-api';
import { EgressGuard } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { ServiceRule } from '../config/SonataFlowConfig';
import { Clock } from '../http/Clock';
import { HttpTransport } from '../http/HttpTransport';
import { ServiceChannel } from './ServiceChannel';
import { ServiceClient } from './ServiceClient';
import { ServiceDirectory } from './ServiceDirectory';

/** One client for each workflow service, so that each has its own queue and circuit breaker. */
export class ServiceClients {
  readonly #directory: ServiceDirectory;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #clients = new Map<
    string,
    { client: ServiceClient; transport: HttpTransport }
  >();

  private constructor(
    directory: ServiceDirectory,
    clock: Clock,
    logger: LoggerService,
  ) {
    this.#directory = directory;
    this.#clock = clock;
    this.#logger = logger;
  }

  static create(options: {
    rules: ServiceRule[];
    clock: Clock;
    logger: LoggerService;
  }): ServiceClients {
    const { rules, clock, logger } = options;
    return new ServiceClients(ServiceDirectory.create(rules), clock, logger);
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
