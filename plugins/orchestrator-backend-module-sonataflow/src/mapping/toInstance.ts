import { EngineInstance } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { AttentionFinding } from '../attention/InstanceAttention';
import { JsonRecord, recordOf, recordsOf, textOf } from '../dataIndex/json';
import { DefinitionDetail } from '../workflows/Definition';
import { endReasonOf } from './endReason';
import { addressIn, errorText, statusIn } from './errorText';
import { toNodes } from './toNodes';
import { nodeNameOf, toSummary } from './toSummary';
import { toWaits } from './waits';

/**
 * A detail row of the Data Index; undefined when the row is not complete enough to be shown.
 *
 * @param jobs - of an active instance its timers, of an aborted one its time limit
 */
export function toInstance(
  row: JsonRecord,
  jobs: JsonRecord[],
  detail: DefinitionDetail | undefined,
  attention?: AttentionFinding,
): EngineInstance | undefined {
  const isActive = row.state === 'ACTIVE';
  const waits = isActive ? toWaits(row.nodes, jobs, detail) : [];
  const endReason = endReasonOf(row, jobs);
  const summary = toSummary(row, { detail, waits, endReason, attention });
  if (!summary) {
    return undefined;
  }
  // Other variables are copies that SonataFlow keeps for branches and calls.
  const variables = recordOf(row.variables) ?? {};
  return {
    ...summary,
    data: variables.workflowdata ?? {},
    input: variables.workflowdatainput ?? undefined,
    nodes: toNodes(row, summary.state, detail),
    error:
      summary.state === 'ERROR'
        ? toInstanceError(row.error, detail)
        : undefined,
    waits,
    childIds: recordsOf(row.childProcessInstances).flatMap(
      child => textOf(child.id) ?? [],
    ),
  };
}

/** A separate index may tell the state before it tells the error. */
function toInstanceError(
  value: unknown,
  detail: DefinitionDetail | undefined,
): EngineInstance['error'] {
  const error = recordOf(value);
  const message = textOf(error?.message);
  if (!error || !message) {
    return undefined;
  }
  return {
    message: errorText(message),
    nodeName: nodeNameOf(error, detail),
    nodeDefinitionId: textOf(error.nodeDefinitionId),
    statusCode: statusIn(message),
    url: addressIn(message),
  };
}
