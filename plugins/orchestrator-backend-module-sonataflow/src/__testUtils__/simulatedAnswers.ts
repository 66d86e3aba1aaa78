import { randomUUID } from 'crypto';
import { IndexedInstance, IndexedNode } from './SimulatedDataIndex';
import { Reaction } from './TestServer';

export type Data = Record<string, unknown>;

export function dataOf(instance: IndexedInstance): Data {
  return (instance.variables as { workflowdata: Data }).workflowdata;
}

export function waitNode(name: string, type: string): IndexedNode {
  return { id: randomUUID(), name, type, enter: Date.now(), definitionId: '9' };
}

export function started(instance: IndexedInstance): Reaction {
  return {
    status: 201,
    body: { id: instance.id, workflowdata: dataOf(instance) },
  };
}

export function refusedInput(): Reaction {
  return {
    status: 400,
    body: {
      message:
        'There are JsonSchema validation errors:\n$.name: must be at least 1 characters long',
    },
  };
}

export function text(status: number, body: string): Reaction {
  return { status, body };
}

export function timerNode(): IndexedNode {
  return waitNode('Sleep', 'TimerNode');
}

export function notFound(what: string, id: string): Reaction {
  return text(404, `${what} with id ${id} not found`);
}

/** Objects deeply; null changes nothing; everything else replaces what was there. */
export function merged(old: unknown, change: unknown): unknown {
  if (!isData(change)) {
    return change ?? old;
  }
  const result: Data = isData(old) ? { ...old } : {};
  for (const [key, value] of Object.entries(change)) {
    result[key] = merged(result[key], value);
  }
  return result;
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
