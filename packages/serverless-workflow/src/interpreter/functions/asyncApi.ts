import { FunctionDefinition, Json } from '../../model';
import { FunctionTarget } from '../plan/PlanContext';
import { FunctionSources } from './FunctionSources';
import { field, isObject, textField } from './json';
import { resolveOperation } from './resolveOperation';

/**
 * Functions of type `asyncapi`: sending to or receiving from a channel. The channel's name is the type
 * of the event. Throws an Error when the document or operation can't be found.
 */
export function asyncApiTarget(
  definition: FunctionDefinition,
  sources: FunctionSources,
): FunctionTarget {
  const { document, operation } = resolveOperation(definition, sources);
  const found =
    findOperation3(document, operation) ?? findOperation2(document, operation);
  if (!found) {
    throw new Error(`Cannot find an async api with operation ${operation}`);
  }
  return found;
}

function findOperation3(
  document: Json,
  name: string,
): FunctionTarget | undefined {
  const operation = field(field(document, 'operations'), name);
  const channel = textField(field(operation, 'channel'), '$ref')?.replace(
    /^#\/channels\//,
    '',
  );
  if (channel === undefined) {
    return undefined;
  }
  return textField(operation, 'action') === 'receive'
    ? { kind: 'subscribe', channel }
    : { kind: 'publish', channel };
}

function findOperation2(
  document: Json,
  name: string,
): FunctionTarget | undefined {
  const channels = field(document, 'channels');
  for (const [channel, item] of isObject(channels)
    ? Object.entries(channels)
    : []) {
    for (const kind of ['publish', 'subscribe'] as const) {
      if (textField(field(item, kind), 'operationId') === name) {
        return { kind, channel };
      }
    }
  }
  return undefined;
}
