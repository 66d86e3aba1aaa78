import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { AbortService, PendingAborts } from '../actions';
import { ExclusiveStart } from '../engine';
import { EventDelivery } from '../events';
import {
  Feed,
  Lease,
  readingSteps,
  Retention,
  RivalReporter,
  WorkflowReader,
} from '../feed';
import { OrchestratorMetrics } from '../metrics';
import { RunSweeper } from '../runs';
import { Access } from './createAccess';
import { Stores } from './createStores';
import { OrchestratorOptions } from './OrchestratorOptions';

const LEASE_EXPIRY_MS = 6_000;

/** How often an engine is read that announces nothing. */
const POLL_MS = 1_000;

/** The leases of this process. */
export type Leases = ReturnType<typeof createLeases>;

export function createLeases({ knex, engine }: OrchestratorOptions) {
  const holder = `${hostname()}/${process.pid}/${randomUUID()}`;
  const leaseOf = (purpose: string) =>
    Lease.create({
      knex,
      name: `${purpose}:${engine.id}`,
      holder,
      expiryMs: LEASE_EXPIRY_MS,
    });
  return { feed: leaseOf('feed'), events: leaseOf('events') };
}

/** Delivers stored events to the engine. */
export function createDelivery(
  options: OrchestratorOptions,
  { queue }: Stores,
  { events: lease }: Leases,
): EventDelivery {
  const { settings } = options;
  return EventDelivery.create({
    ...options,
    queue,
    lease,
    settings: settings.events,
  });
}

/** Keeps the store equal to the engine, and does what is due. */
export function createFeed(
  options: OrchestratorOptions,
  stores: Stores,
  { publisher, owners }: Access,
  { feed: lease }: Leases,
  aborts: AbortService,
) {
  const { knex, engine, logger, auditor, settings } = options;
  const { state, instanceWriter: writer } = stores;
  const scope = { knex, engine: engine.id };
  const rivals = RivalReporter.create({ auditor });
  const workflowReader = WorkflowReader.create({
    engine,
    store: stores.workflows,
    publisher,
  });
  const feed = Feed.create({
    lease,
    state,
    logger,
    pollMs: POLL_MS,
    ...readingSteps({ knex, engine, writer, state, publisher, rivals }),
    upkeep: [
      RunSweeper.create({
        ...scope,
        publisher,
        confirmWithinMs: settings.runConfirmWithinMs,
      }),
      workflowReader,
      PendingAborts.create({ ...scope, aborts, auditor, logger }),
      owners,
      Retention.create({ writer }),
    ],
  });
  return { feed, workflowReader };
}

/** Makes room for an engine that lives in one process only. */
export function createExclusiveStart(
  { engine }: OrchestratorOptions,
  stores: Stores,
  { feed: lease }: Leases,
): ExclusiveStart {
  return ExclusiveStart.create({
    ...stores,
    engine,
    lease,
    writer: stores.instanceWriter,
    expiryMs: LEASE_EXPIRY_MS,
  });
}

export function createMetrics(
  options: OrchestratorOptions,
  { state, undelivered }: Stores,
): OrchestratorMetrics {
  return OrchestratorMetrics.create({ ...options, state, undelivered });
}
