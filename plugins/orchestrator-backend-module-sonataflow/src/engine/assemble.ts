import { LoggerService } from '@backstage/backend-plugin-api';
import { InstanceAttention } from '../attention/InstanceAttention';
import { SonataFlowConfig } from '../config/SonataFlowConfig';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { EventSink } from '../events/EventSink';
import { WorkflowEvents } from '../events/WorkflowEvents';
import { InstanceFeed } from '../feed/InstanceFeed';
import { Clock } from '../http/Clock';
import { exactHostGuard } from '../http/exactHostGuard';
import { HttpTransport } from '../http/HttpTransport';
import { InstanceActions } from '../instances/InstanceActions';
import { InstancePlaces } from '../instances/InstancePlaces';
import { InstanceReader } from '../instances/InstanceReader';
import { InstanceTimers } from '../instances/InstanceTimers';
import { SummaryMapper } from '../mapping/SummaryMapper';
import { ServiceClients } from '../service/ServiceClients';
import { DeploymentProbe } from '../workflows/DeploymentProbe';
import { WorkflowCatalog } from '../workflows/WorkflowCatalog';
import { Workflows } from '../workflows/Workflows';

/** What an engine is made with. */
export interface EngineOptions {
  config: SonataFlowConfig;
  clock: Clock;
  logger: LoggerService;
  /** How long a list of workflows waits for a service that does not answer. */
  patienceMs?: number;
}

/** What the engine consists of. */
export interface EngineParts {
  dataIndex: DataIndexClient;
  workflows: Workflows;
  feed: InstanceFeed;
  places: InstancePlaces;
  reader: InstanceReader;
  actions: InstanceActions;
  timers: InstanceTimers;
  events: WorkflowEvents;
  refuseWaiting(): void;
  close(): Promise<void>;
}

/** Makes the parts and puts them together; calls nobody yet. */
export function assemble(options: EngineOptions): EngineParts {
  const { config, clock, logger, patienceMs } = options;
  const { url, tls, timeoutMs } = config.dataIndex;
  const transport = HttpTransport.create({
    guard: exactHostGuard(url),
    tls,
    timeoutMs,
    proxies: config.proxies,
  });
  const dataIndex = DataIndexClient.create({
    config: config.dataIndex,
    transport,
    clock,
    logger,
  });
  const services = ServiceClients.create({
    rules: config.services,
    proxies: config.proxies,
    clock,
    logger,
  });
  const sink =
    config.sink &&
    EventSink.create({ config: config.sink, proxies: config.proxies, logger });
  const catalog = WorkflowCatalog.create(dataIndex, clock, patienceMs);
  const deployments = DeploymentProbe.create({ services, clock, patienceMs });
  const attention = InstanceAttention.create({ services, deployments, clock });
  const mapper = SummaryMapper.create({ dataIndex, catalog, attention });
  const places = InstancePlaces.create(dataIndex, services);
  const workflows = Workflows.create({ catalog, services, deployments });
  const reader = InstanceReader.create({ dataIndex, catalog, attention });
  return {
    dataIndex,
    workflows,
    feed: InstanceFeed.create({ dataIndex, mapper, clock }),
    places,
    reader,
    actions: InstanceActions.create(places, attention, reader),
    timers: InstanceTimers.create(dataIndex, places),
    events: WorkflowEvents.create({ workflows, dataIndex, sink }),
    refuseWaiting: () => services.refuseWaiting(),
    close: async () => {
      await Promise.all([transport.close(), services.close(), sink?.close()]);
    },
  };
}
