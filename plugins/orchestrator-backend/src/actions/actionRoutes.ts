import { JsonObject } from '@backstage/types';
import { BulkResult } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { OperationRouter, reply } from '../http';
import { InstanceService, instanceView } from '../instances';
import { RunService } from '../runs';
import { InstanceRecord } from '../store';
import { AbortService } from './AbortService';
import { BulkService } from './BulkService';
import { InstanceEventService } from './InstanceEventService';
import { RetryService } from './RetryService';
import { SteeringService } from './SteeringService';

/** Running workflows and acting on their instances. */
export function serveActions(
  router: OperationRouter,
  services: {
    instances: InstanceService;
    runs: RunService;
    aborts: AbortService;
    retries: RetryService;
    events: InstanceEventService;
    steering: SteeringService;
    bulk: BulkService;
  },
): void {
  const { instances, runs, aborts, retries, events, steering, bulk } = services;
  const viewOf = async (record: InstanceRecord) => {
    const [view] = await instances.views([record]);
    return view;
  };
  router
    .serve(
      'runWorkflow',
      { eventId: 'workflow-run', severityLevel: 'medium' },
      async ({ path, body, header, credentials, note }) => {
        const { record, status, workflowName } = await runs.run(
          path.workflowId,
          body,
          header('Idempotency-Key'),
          credentials,
        );
        note({ instanceId: record.id });
        return reply(status, instanceView(record, workflowName));
      },
    )
    .serve(
      'abortInstances',
      { eventId: 'instance-bulk-abort', severityLevel: 'medium' },
      async ({ body, credentials, audit, note }) => {
        noteReason(note, body.reason);
        const result = await bulk.abort(body, credentials, meta =>
          audit('instance-abort', meta),
        );
        note(outcomesOf(result));
        return reply(200, result);
      },
    )
    .serve(
      'retryInstances',
      { eventId: 'instance-bulk-retry', severityLevel: 'medium' },
      async ({ body, credentials, audit, note }) => {
        noteReason(note, body.reason);
        const result = await bulk.retry(body, credentials, meta =>
          audit('instance-retry', meta),
        );
        note(outcomesOf(result));
        return reply(200, result);
      },
    )
    .serve(
      'abortInstance',
      { eventId: 'instance-abort', severityLevel: 'medium' },
      async ({ path, body, credentials, note }) => {
        noteReason(note, body.reason);
        const { record, isPending } = await aborts.abort(
          path.instanceId,
          body.reason,
          credentials,
        );
        note({ workflowId: record.workflowId });
        return reply(isPending ? 202 : 200, await viewOf(record));
      },
    )
    .serve(
      'retryInstance',
      { eventId: 'instance-retry', severityLevel: 'medium' },
      async ({ path, body, credentials, note }) => {
        noteReason(note, body.reason);
        const record = await retries.retry(
          path.instanceId,
          body.reason,
          credentials,
        );
        note({ workflowId: record.workflowId });
        return reply(200, await viewOf(record));
      },
    )
    .serve(
      'skipInstanceNode',
      { eventId: 'instance-skip', severityLevel: 'medium' },
      async ({ path, body, credentials, note }) => {
        noteReason(note, body.reason);
        const record = await steering.skip(
          path.instanceId,
          body.reason,
          credentials,
        );
        note({ workflowId: record.workflowId });
        return reply(200, await viewOf(record));
      },
    )
    .serve(
      'retriggerInstanceNode',
      { eventId: 'instance-node-retrigger', severityLevel: 'medium' },
      async ({ path, body, credentials, note }) => {
        noteReason(note, body.reason);
        const record = await steering.retriggerNode(
          path.instanceId,
          path.nodeId,
          body.reason,
          credentials,
        );
        note({ workflowId: record.workflowId });
        return reply(200, await viewOf(record));
      },
    )
    .serve(
      'rescheduleInstanceTimer',
      { eventId: 'instance-timer-reschedule', severityLevel: 'medium' },
      async ({ path, body, credentials, note }) => {
        note({ at: body.at });
        const record = await steering.rescheduleTimer(
          path.instanceId,
          path.timerId,
          body.at,
          credentials,
        );
        note({ workflowId: record.workflowId });
        return reply(200, await viewOf(record));
      },
    )
    .serve(
      'updateInstanceData',
      { eventId: 'instance-data-update', severityLevel: 'medium' },
      async ({ path, body, credentials, note }) => {
        noteReason(note, body.reason);
        // Which members were changed, never what they hold.
        note({ members: Object.keys(body.data).slice(0, 50) });
        const record = await steering.updateData(
          path.instanceId,
          body.data,
          credentials,
        );
        note({ workflowId: record.workflowId });
        return reply(200, await viewOf(record));
      },
    )
    .serve(
      'sendInstanceEvent',
      { eventId: 'instance-event-send', severityLevel: 'medium' },
      async ({ path, body, credentials, note }) => {
        note({ eventType: body.type });
        const accepted = await events.send(path.instanceId, body, credentials);
        note({ cloudEventId: accepted.eventId });
        return reply(202, accepted);
      },
    );
}

/** Numbers of a bulk request; each item has an audit event of its own. */
function outcomesOf({ results, total }: BulkResult): JsonObject {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of results) {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return { total, outcomes };
}

function noteReason(
  note: (meta: JsonObject) => void,
  reason: string | undefined,
) {
  if (reason !== undefined) {
    note({ reason });
  }
}
