import { EngineInstance } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { JsonRecord, textOf } from '../dataIndex/json';
import { DefinitionDetail } from '../workflows/Definition';
import { isOpen, NodeEntry, readEntries, waitsByType } from './readEntries';
import { normalTimestamp } from './timestamp';

/** What an instance waits for. */
export type Wait = EngineInstance['waits'][number];

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
  return readEntries(nodes, detail)
    .filter(entry => waitsByType(entry) && isOpen(entry))
    .map(entry => toWait(entry, jobByNode.get(entry.id), detail))
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
  { row, place, type }: NodeEntry,
  job: JsonRecord | undefined,
  detail: DefinitionDetail | undefined,
): Wait {
  const name = textOf(row.name);
  const common = {
    nodeName: place?.stateName ?? name,
    since: normalTimestamp(row.enter),
    until: normalTimestamp(job?.expirationTime),
    timerId: textOf(job?.id),
  };
  return type === 'EventNode'
    ? {
        ...common,
        kind: 'event',
        eventName: name,
        eventType: name && detail?.facts?.eventTypes.get(name),
      }
    : { ...common, kind: 'timer', timer: place?.timer };
}

/** The same order at each reading. */
function orderKey(wait: Wait): string {
  return `${wait.kind} ${wait.since ?? ''} ${wait.nodeName ?? ''} ${
    wait.eventName ?? ''
  }`;
}
