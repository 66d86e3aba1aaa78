import { DeliveryQueue, EventInbox, UndeliveredEvents } from '../events';
import { FeedState, FreshnessReader } from '../feed';
import {
  InstanceStore,
  InstanceWriter,
  RunWriter,
  WorkflowStatisticsReader,
  WorkflowStore,
} from '../store';
import { OrchestratorOptions } from './OrchestratorOptions';

/** All that is read from and written to the database, of one engine. */
export type Stores = ReturnType<typeof createStores>;

export function createStores({ knex, engine, settings }: OrchestratorOptions) {
  const scope = { knex, engine: engine.id };
  const state = FeedState.create(scope);
  return {
    instances: InstanceStore.create(scope),
    instanceWriter: InstanceWriter.create({
      ...scope,
      retentionMs: settings.retentionMs,
    }),
    runWriter: RunWriter.create(scope),
    workflows: WorkflowStore.create(scope),
    statistics: WorkflowStatisticsReader.create(scope),
    state,
    freshness: FreshnessReader.create(state),
    inbox: EventInbox.create(scope),
    queue: DeliveryQueue.create(scope),
    undelivered: UndeliveredEvents.create(scope),
  };
}
