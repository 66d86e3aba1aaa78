import { mockServices } from '@backstage/backend-test-utils';
import { SonataFlowEngine } from '../engine/SonataFlowEngine';
import { AddressPattern } from '../service/AddressPattern';
import { FakeClock } from './FakeClock';
import { APPROVAL_SOURCE } from './fixtures';
import { SimulatedDataIndex } from './SimulatedDataIndex';
import { Handler, TestServer } from './TestServer';

const NOW = Date.parse('2026-01-01T12:00:00Z');

/** What a service answers about the workflows it has. */
export function deployed(
  workflows: Record<string, { version: string; inputSchema?: object }>,
  otherwise: Handler = () => ({ status: 404, body: 'nothing here' }),
): Handler {
  return request => {
    const id = /^\/management\/processes\/([^/]+)$/.exec(request.url)?.[1];
    if (!id) {
      return otherwise(request);
    }
    return workflows[id]
      ? { status: 200, body: { id, ...workflows[id] } }
      : { status: 404, body: `Process with id ${id} not found` };
  };
}

/** An engine on two services, each of which has another version of the workflow `approval`. */
export class ApprovalBed {
  clock!: FakeClock;
  index!: SimulatedDataIndex;
  indexServer!: TestServer;
  /** Has version 2.0. */
  service!: TestServer;
  /** Has version 1.0. */
  other!: TestServer;
  /** The event broker, which the engine knows only when it is told so. */
  sink!: TestServer;
  engine!: SonataFlowEngine;

  /** For the tests of the describe block around: each has an engine of its own. */
  static forTests(): ApprovalBed {
    const bed = new ApprovalBed();
    beforeEach(() => bed.#start());
    afterEach(() => bed.#close());
    return bed;
  }

  private constructor() {}

  async #start(): Promise<void> {
    this.clock = new FakeClock(new Date(NOW).toISOString());
    this.index = new SimulatedDataIndex();
    this.indexServer = await TestServer.start(this.index.handler);
    this.service = await TestServer.start(
      deployed({ approval: { version: '2.0' } }),
    );
    this.other = await TestServer.start(
      deployed({ approval: { version: '1.0' } }),
    );
    this.sink = await TestServer.start(() => ({ status: 202 }));
    this.index.definitions.push(
      this.definition('1.0', this.other.url),
      this.definition('2.0', this.service.url),
    );
    this.engine = this.#connect();
  }

  /** Starts the engine anew, with another configuration. */
  async reconnect(options: BedOptions): Promise<void> {
    await this.engine.stop();
    this.engine = this.#connect(options);
  }

  /** A version of the workflow as the index lists it. */
  definition(version: string, serviceUrl: string) {
    return {
      id: 'approval',
      version,
      name: 'Approval',
      type: 'SW',
      description: 'Waits for a decision',
      annotations: ['people', 'approval'],
      metadata: { Tags: ['people'] },
      serviceUrl,
      endpoint: `${serviceUrl}/approval`,
      source: APPROVAL_SOURCE,
    };
  }

  /** Puts an instance of version 1.0 into the index. */
  putInstance(id: string, serviceUrl: string, state = 'ACTIVE'): void {
    this.index.put({
      id,
      processId: 'approval',
      version: '1.0',
      state,
      start: NOW,
      lastUpdate: NOW,
      serviceUrl,
      endpoint: `${serviceUrl}/approval`,
    });
  }

  #connect(options: BedOptions = {}): SonataFlowEngine {
    const services = options.services ?? [this.service.url, this.other.url];
    return SonataFlowEngine.create({
      config: {
        dataIndex: {
          url: new URL(`${this.indexServer.url}/graphql`),
          timeoutMs: 5_000,
          tls: {},
        },
        services: services.map(url => ({
          match: AddressPattern.parse(url),
          allowPrivate: true,
          tls: {},
          timeoutMs: 5_000,
        })),
        sink: options.hasSink
          ? {
              url: new URL(`${this.sink.url}/default`),
              timeoutMs: 5_000,
              tls: {},
            }
          : undefined,
      },
      logger: mockServices.logger.mock(),
      clock: this.clock,
      // As long as it takes: this machine may be busy.
      patienceMs: 20_000,
    });
  }

  async #close(): Promise<void> {
    await this.engine.stop();
    await Promise.all(
      [this.indexServer, this.service, this.other, this.sink].map(server =>
        server.close(),
      ),
    );
  }
}

interface BedOptions {
  hasSink?: boolean;
  /** Addresses of the services that may be called. */
  services?: string[];
}
