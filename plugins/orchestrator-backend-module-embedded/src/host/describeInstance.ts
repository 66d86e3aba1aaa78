import type {
  EngineInstance,
  EngineInstanceSummary,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import type {
  InstanceSnapshot,
  InstanceSummarySnapshot,
  NodeSnapshot,
  WaitSnapshot,
} from '@open-orchestrator/serverless-workflow/runtime';
import type { Redactor } from '../secrets';

/** Lists show one line. */
const MAX_MESSAGE = 1_000;
/** The portal reads an answer at once; more would hold up everybody else. */
const MAX_NODES = 5_000;
const MAX_NODE_DATA_BYTES = 4_000_000;

/** The part of an instance that lists need, as the port tells it. */
export function describeSummary(
  snapshot: InstanceSummarySnapshot,
  redactor: Redactor,
): EngineInstanceSummary {
  const { error } = snapshot;
  return {
    engineInstanceId: snapshot.id,
    workflowId: snapshot.workflowId,
    workflowVersion: snapshot.workflowVersion,
    revision: snapshot.revision,
    state: snapshot.state,
    businessKey: snapshot.businessKey,
    startedAt: snapshot.startedAt,
    endedAt: snapshot.endedAt,
    parentId: snapshot.parentId,
    rootId: snapshot.rootId,
    errorMessage: error && redactor.text(error.message).slice(0, MAX_MESSAGE),
    errorNode: error?.nodeName,
    waitingFor: describeWaits(snapshot.waits),
    endReason: snapshot.endReason,
  };
}

/** An instance with its details, as the port tells it. */
export function describeInstance(
  snapshot: InstanceSnapshot,
  redactor: Redactor,
): EngineInstance {
  return {
    ...describeSummary(snapshot, redactor),
    data: redactor.value(snapshot.data),
    input: redactor.value(snapshot.input),
    nodes: withinSize(snapshot.nodes).map(node => ({
      ...node,
      input: redactor.value(node.input),
      output: redactor.value(node.output),
      errorMessage: redactor.value(node.errorMessage),
    })),
    error: redactor.value(snapshot.error),
    waits: snapshot.waits,
    childIds: snapshot.childIds,
  };
}

/** In short words; an event says more than the timer that limits the wait for it. */
function describeWaits(waits: WaitSnapshot[]): string | undefined {
  const events = waits
    .filter(({ kind }) => kind === 'event')
    .map(({ eventType, eventName }) => eventType ?? eventName);
  if (events.length > 0) {
    return `event ${[...new Set(events)].join(', ')}`;
  }
  const timer = waits.find(({ kind }) => kind === 'timer');
  if (!timer) {
    return undefined;
  }
  return timer.until === undefined ? 'timer' : `timer until ${timer.until}`;
}

/**
 * The first and the last nodes of a run that went round often, and without their data where that
 * is too much.
 */
function withinSize(nodes: NodeSnapshot[]): NodeSnapshot[] {
  const kept =
    nodes.length > MAX_NODES
      ? [...nodes.slice(0, MAX_NODES / 2), ...nodes.slice(-MAX_NODES / 2)]
      : nodes;
  let bytes = 0;
  return kept.map(node => {
    const { input, output, ...rest } = node;
    if (bytes <= MAX_NODE_DATA_BYTES) {
      bytes += jsonLength(input) + jsonLength(output);
    }
    return bytes > MAX_NODE_DATA_BYTES ? rest : node;
  });
}

function jsonLength(value: unknown): number {
  return value === undefined ? 0 : JSON.stringify(value).length;
}
