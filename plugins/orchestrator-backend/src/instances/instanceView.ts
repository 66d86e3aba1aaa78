import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { isoTime } from '../database';
import { defined } from '../defined';
import { InstanceRecord } from '../store';

/** An instance as the API shows it. */
export function instanceView(
  record: InstanceRecord,
  workflowName: string | undefined,
): Instance {
  return defined({
    id: record.id,
    engine: record.engine,
    engineInstanceId: record.engineInstanceId,
    workflowId: record.workflowId,
    workflowName,
    workflowVersion: record.workflowVersion,
    revision: record.revision,
    state: record.state,
    reference: record.reference,
    createdAt: isoTime(record.createdAt),
    startedAt: isoTime(record.startedAt),
    endedAt: isoTime(record.endedAt),
    initiator: record.initiator,
    entityRef: record.entityRef,
    parentId: record.parentId,
    rootId: record.rootId,
    errorMessage: record.errorMessage,
    errorNode: record.errorNode,
    waitingFor: record.waitingFor,
    endReason: record.endReason,
    attention: record.attention,
    abortRequestedAt: isoTime(record.abortRequestedAt),
    abortedBy: record.abortedBy,
    abortReason: record.abortReason,
    retriedBy: record.retriedBy,
    detailsGone: record.detailsGone || undefined,
  });
}
