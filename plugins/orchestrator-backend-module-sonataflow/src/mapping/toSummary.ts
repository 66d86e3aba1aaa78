import {
  EngineInstanceSummary,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { AttentionFinding } from '../attention/InstanceAttention';
import { JsonRecord, recordOf, textOf } from '../dataIndex/json';
import { DefinitionDetail } from '../workflows/Definition';
import { errorText } from './errorText';
import { normalTimestamp } from './timestamp';
import { Wait, waitingFor } from './waits';

/** What a row does not tell of its instance. */
export interface SummaryFacts {
  detail?: DefinitionDetail;
  waits: Wait[];
  endReason?: string;
  attention?: AttentionFinding;
}

const STATES = new Map<unknown, InstanceState>(
  (
    ['PENDING', 'ACTIVE', 'COMPLETED', 'ABORTED', 'SUSPENDED', 'ERROR'] as const
  ).map(state => [state, state]),
);

/**
 * A row of the Data Index as a summary; undefined for a row without id, workflow or state, which a
 * separate index may hold for a moment.
 *
 * Only `state` decides what became of an instance: `error` stays after a skipped node, and `end` and
 * `error` arrive later than the state does.
 */
export function toSummary(
  row: JsonRecord,
  { detail, waits, endReason, attention }: SummaryFacts,
): EngineInstanceSummary | undefined {
  const engineInstanceId = textOf(row.id);
  const workflowId = textOf(row.processId);
  const state = STATES.get(row.state);
  if (!engineInstanceId || !workflowId || !state) {
    return undefined;
  }
  const error = state === 'ERROR' ? recordOf(row.error) : undefined;
  const message = textOf(error?.message);
  return {
    engineInstanceId,
    workflowId,
    workflowVersion: textOf(row.version),
    state,
    businessKey: textOf(row.businessKey),
    startedAt: normalTimestamp(row.start),
    endedAt: hasEnded(state) ? normalTimestamp(row.end) : undefined,
    parentId: textOf(row.parentProcessInstanceId),
    rootId: textOf(row.rootProcessInstanceId),
    errorMessage: message && errorText(message),
    errorNode: error && nodeNameOf(error, detail),
    waitingFor: state === 'ACTIVE' ? waitingFor(waits) : undefined,
    endReason,
    ...attention,
  };
}

/** The name that people gave the node: of its action, or else of the node itself. */
export function nodeNameOf(
  error: JsonRecord,
  detail: DefinitionDetail | undefined,
): string | undefined {
  const node = detail?.nodes.get(textOf(error.nodeDefinitionId) ?? '');
  return node?.action ?? node?.name;
}

/** ERROR is no end: the instance can be retried. */
export function hasEnded(state: InstanceState): boolean {
  return state === 'COMPLETED' || state === 'ABORTED';
}
