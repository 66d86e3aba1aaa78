import { EngineInstance } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { JsonRecord, recordsOf, textOf } from '../dataIndex/json';
import { DefinitionDetail } from '../workflows/Definition';
import { normalTimestamp, parseTimestamp } from './timestamp';

/** What an instance waits for. */
export type Wait = EngineInstance['waits'][number];

const EVENT_NODE = 'EventNode';
const TIMER_NODE = 'TimerNode';

/** Whether a node is entered and waits for an event or a timer. */
export function isWaitingNode(node: JsonRecord): boolean {
  return (
    (node.type === EVENT_NODE || node.type === TIMER_NODE) &&
    textOf(node.exit) === undefined
  );
}

/**
 * Whether a node that looks open was entered again since: then it was left, though SonataFlow 10.1
 * gives it no exit. No state enters the same node twice at once.
 */
export function isLeft(node: JsonRecord, nodes: JsonRecord[]): boolean {
  const enter = parseTimestamp(node.enter) ?? 0;
  return nodes.some(
    other =>
      other !== node &&
      other.definitionId === node.definitionId &&
      (parseTimestamp(other.enter) ?? 0) > enter,
  );
}

/**
 * The waits of an unfinished instance, events first. Jobs tell until when; a separate Data Index may
 * know no jobs, and then a timer has no end.
 */
export function toWaits(
  nodes: unknown,
  jobs: JsonRecord[],
  detail: DefinitionDetail | undefined,
): Wait[] {
  const jobByNode = new Map(jobs.map(job => [textOf(job.nodeInstanceId), job]));
  const entered = recordsOf(nodes);
  return entered
    .filter(node => isWaitingNode(node) && !isLeft(node, entered))
    .map(node => toWait(node, jobByNode.get(textOf(node.id)), detail))
    .sort((a, b) => orderKey(a).localeCompare(orderKey(b)));
}

/** A few words for lists. */
export function waitingFor(waits: Wait[]): string | undefined {
  const [wait] = waits;
  if (!wait) {
    return undefined;
  }
  if (wait.kind === 'event') {
    return `event ${wait.eventType ?? wait.eventName ?? ''}`.trim();
  }
  return wait.until
    ? `timer until ${wait.until}`
    : `timer ${wait.nodeName ?? ''}`.trim();
}

function toWait(
  node: JsonRecord,
  job: JsonRecord | undefined,
  detail: DefinitionDetail | undefined,
): Wait {
  const name = textOf(node.name);
  const place = detail?.nodes.get(textOf(node.definitionId) ?? '');
  const common = {
    nodeName: place?.stateName ?? name,
    since: normalTimestamp(node.enter),
    until: normalTimestamp(job?.expirationTime),
    timerId: textOf(job?.id),
  };
  return node.type === EVENT_NODE
    ? {
        ...common,
        kind: 'event',
        eventName: name,
        eventType: name && detail?.facts?.eventTypes.get(name),
      }
    : { ...common, kind: 'timer' };
}

/** The same order at each reading. */
function orderKey(wait: Wait): string {
  return `${wait.kind} ${wait.since ?? ''} ${wait.nodeName ?? ''} ${
    wait.eventName ?? ''
  }`;
}
