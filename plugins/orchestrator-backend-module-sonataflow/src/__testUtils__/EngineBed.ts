import { mockServices } from '@backstage/backend-test-utils';
import { SonataFlowEngine } from '../engine/SonataFlowEngine';
import { AddressPattern } from '../service/AddressPattern';
import { FakeClock } from './FakeClock';
import {
  IndexedDefinition,
  IndexedInstance,
  SimulatedDataIndex,
} from './SimulatedDataIndex';
import { Handler, TestServer } from './TestServer';

/** An engine on a simulated Data Index and servers that stand for workflow services. */
export class EngineBed {
  readonly clock: FakeClock;
  readonly index = new SimulatedDataIndex();
  readonly logger = mockServices.logger.mock();
  readonly indexServer: TestServer;
  readonly services: TestServer[];
  readonly engine: SonataFlowEngine;

  private constructor(
    clock: FakeClock,
    indexServer: TestServer,
    services: TestServer[],
    options: BedOptions,
  ) {
    this.clock = clock;
    this.indexServer = indexServer;
    this.services = services;
    this.engine = SonataFlowEngine.create({
      config: {
        dataIndex: {
          url: new URL(`${indexServer.url}/graphql`),
          timeoutMs: options.indexTimeoutMs ?? 20_000,
          tls: {},
        },
        services: services.map(({ url }) => ({
          match: AddressPattern.parse(url),
          allowPrivate: true,
          tls: {},
          timeoutMs: options.serviceTimeoutMs ?? 20_000,
        })),
      },
      logger: this.logger,
      clock,
      // As long as it takes: this machine may be busy.
      patienceMs: options.patienceMs ?? 20_000,
    });
  }

  static async start(options: BedOptions = {}): Promise<EngineBed> {
    const clock = new FakeClock('2026-01-01T12:00:00Z');
    const indexServer = await TestServer.start(() => ({ status: 500 }));
    const services = await Promise.all(
      (options.services ?? [() => ({ status: 404, body: '' })]).map(handler =>
        TestServer.start(handler),
      ),
    );
    const bed = new EngineBed(clock, indexServer, services, options);
    indexServer.handle(bed.index.handler);
    return bed;
  }

  /** Lists a workflow of a service in the index. */
  define(
    id: string,
    service: TestServer,
    more: Partial<IndexedDefinition> = {},
  ) {
    this.index.definitions.push({
      id,
      version: '1.0',
      name: id,
      type: 'SW',
      serviceUrl: service.url,
      endpoint: `${service.url}/${id}`,
      source: `{"id":"${id}","states":[{"name":"Work","type":"inject"}]}`,
      ...more,
    });
  }

  /** Puts an instance of a service's workflow into the index; it started now. */
  put(
    id: string,
    service: TestServer,
    more: Partial<IndexedInstance> = {},
  ): void {
    const processId = more.processId ?? 'work';
    this.index.put({
      id,
      processId,
      version: '1.0',
      state: 'ACTIVE',
      start: this.clock.now(),
      lastUpdate: this.clock.now(),
      serviceUrl: service.url,
      endpoint: `${service.url}/${processId}`,
      ...more,
    });
  }

  async close(): Promise<void> {
    await this.engine.stop();
    await Promise.all(
      [this.indexServer, ...this.services].map(server => server.close()),
    );
  }
}

interface BedOptions {
  /** What each service does. */
  services?: Handler[];
  patienceMs?: number;
  indexTimeoutMs?: number;
  serviceTimeoutMs?: number;
}
