import { OperationRouter, reply } from '../http';
import { InstanceService } from './InstanceService';

/** Reading instances. */
export function serveInstances(
  router: OperationRouter,
  { instances }: { instances: InstanceService },
): void {
  router
    .serve(
      'listInstances',
      { eventId: 'instance-list', severityLevel: 'low' },
      async ({ query, credentials }) =>
        reply(200, await instances.list(query, credentials)),
    )
    .serve(
      'countInstances',
      { eventId: 'instance-count', severityLevel: 'low' },
      async ({ query, credentials }) =>
        reply(200, await instances.count(query, credentials)),
    )
    .serve(
      'getInstance',
      { eventId: 'instance-get', severityLevel: 'low' },
      async ({ path, credentials }) =>
        reply(200, await instances.get(path.instanceId, credentials)),
    )
    .serve(
      'listInstanceNodes',
      { eventId: 'instance-nodes-list', severityLevel: 'low' },
      async ({ path, query, credentials }) =>
        reply(200, await instances.nodes(path.instanceId, query, credentials)),
    )
    .serve(
      'getInstanceData',
      { eventId: 'instance-data-get', severityLevel: 'low' },
      async ({ path, credentials }) =>
        reply(200, await instances.data(path.instanceId, credentials)),
    );
}
