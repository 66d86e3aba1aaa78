import {
  AbortService,
  BulkService,
  Continuation,
  InstanceEventService,
  RetryService,
  SteeringService,
} from '../actions';
import { Access } from './createAccess';
import { Stores } from './createStores';
import { OrchestratorOptions } from './OrchestratorOptions';

/** What people do to instances. */
export type Actions = ReturnType<typeof createActions>;

/** @param wake - lets the feed read at once what came of an action */
export function createActions(
  { engine }: OrchestratorOptions,
  stores: Stores,
  access: Access,
  wake: () => void,
) {
  const acting = {
    engine,
    access: access.instances,
    store: stores.instances,
    writer: stores.instanceWriter,
    publisher: access.publisher,
  };
  const continuing = {
    ...acting,
    continuation: Continuation.create({ ...acting, wake }),
  };
  const aborts = AbortService.create(acting);
  const retries = RetryService.create(continuing);
  return {
    aborts,
    retries,
    bulk: BulkService.create({
      authorizer: access.authorizer,
      store: stores.instances,
      aborts,
      retries,
    }),
    steering: SteeringService.create(continuing),
    events: InstanceEventService.create(acting),
  };
}
