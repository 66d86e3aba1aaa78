import { AdministrationService } from '../administration';
import { EventRouting, EventService } from '../events';
import { RateLimiter } from '../http';
import { InstanceService } from '../instances';
import { RunCounter } from '../metrics';
import { Dispatcher, RunService, WaitingRuns } from '../runs';
import { WebhookService } from '../webhooks';
import { WorkflowService } from '../workflows';
import { Access } from './createAccess';
import { Leases } from './createBackground';
import { Stores } from './createStores';
import { OrchestratorOptions } from './OrchestratorOptions';

/** Lists and details. */
export function createReading(
  { engine }: OrchestratorOptions,
  stores: Stores,
  access: Access,
) {
  const { authorizer } = access;
  const { freshness } = stores;
  const instances = InstanceService.create({
    engine,
    authorizer,
    access: access.instances,
    store: stores.instances,
    writer: stores.instanceWriter,
    workflows: stores.workflows,
    freshness,
  });
  const workflows = WorkflowService.create({
    engine,
    authorizer,
    access: access.workflows,
    inputOf: (...args) => instances.inputOf(...args),
    store: stores.workflows,
    statistics: stores.statistics,
    freshness,
  });
  return { instances, workflows };
}

/** Starts of workflows, by people and by events; both count for the same limit. */
export function createStarting(
  options: OrchestratorOptions,
  stores: Stores,
  access: Access,
  wakeDelivery: () => void,
) {
  const { engine, settings } = options;
  const limiter = RateLimiter.create({
    ...settings.runs,
    deed: 'start workflows',
  });
  const runs = RunService.create({
    engine,
    access: access.workflows,
    store: stores.instances,
    writer: stores.runWriter,
    dispatcher: Dispatcher.create({
      ...options,
      writer: stores.instanceWriter,
      runs: stores.runWriter,
      waiting: WaitingRuns.create({ ...options, engine: engine.id }),
      publisher: access.publisher,
      counter: RunCounter.create(options.metrics),
    }),
    limiter,
    quota: settings.unfinishedPerPrincipal,
    waitMs: settings.runWaitMs,
    refreshOwners: entityRef => access.owners.refresh(entityRef),
  });
  const inbox = EventService.create({
    authorizer: access.authorizer,
    routing: EventRouting.create({ engine, workflows: stores.workflows }),
    inbox: stores.inbox,
    undelivered: stores.undelivered,
    limiter,
    limits: settings.events,
    wake: wakeDelivery,
  });
  return { runs, inbox };
}

/** Events from outside the portal, which count by their sender. */
export function createWebhooks(
  { settings }: OrchestratorOptions,
  events: EventService,
): WebhookService {
  return WebhookService.create({
    webhooks: settings.webhooks,
    events,
    limiter: RateLimiter.create({ ...settings.runs, deed: 'send events' }),
    limits: settings.body,
  });
}

export function createAdministration(
  options: OrchestratorOptions,
  stores: Stores,
  { authorizer }: Access,
  { feed: lease }: Leases,
): AdministrationService {
  return AdministrationService.create({
    ...options,
    ...stores,
    authorizer,
    lease,
  });
}
