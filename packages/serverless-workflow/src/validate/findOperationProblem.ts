import { FunctionDefinition, Json, Workflow } from '../model';
import { ResourceLookup, readDocument } from '../parse';
import { describeOperation } from './describeOperation';

const REST_METHODS = [
  'get',
  'post',
  'put',
  'delete',
  'patch',
  'head',
  'options',
];

/** What is wrong with the operation of a function, in a sentence. */
export function findOperationProblem(
  workflow: Workflow,
  definition: FunctionDefinition,
  lookup: ResourceLookup | undefined,
): string | undefined {
  switch (describeOperation(definition).kind) {
    case 'rest':
      return restProblem(definition);
    case 'openapi':
      return openApiProblem(workflow, definition, lookup);
    default:
      return undefined;
  }
}

/** Whether a reference leads to another host, where nobody looks while a definition is checked. */
export function isRemote(uri: string): boolean {
  return /^https?:/i.test(uri);
}

function restProblem({ name, operation }: FunctionDefinition) {
  const [, method = '', ...address] = operation.split(':');
  return REST_METHODS.includes(method.toLowerCase()) && address.join(':')
    ? undefined
    : `The operation of function ${name} has to be rest:<method>:<address>, for example rest:get:/path`;
}

function openApiProblem(
  workflow: Workflow,
  { name, operation }: FunctionDefinition,
  lookup: ResourceLookup | undefined,
) {
  const hash = operation.lastIndexOf('#');
  const operationId = operation.slice(hash + 1);
  if (hash < 1 || !operationId) {
    return `The operation of function ${name} has to be <OpenAPI document>#<operationId>`;
  }
  const document = operation.slice(0, hash);
  const uri = Object.hasOwn(workflow.uriDefinitions, document)
    ? workflow.uriDefinitions[document]
    : document;
  if (!lookup || isRemote(uri)) return undefined;
  const text = lookup(uri);
  if (text === undefined) {
    return `There is no file ${uri}, which function ${name} refers to`;
  }
  return hasOperation(readDocument(text, uri), operationId)
    ? undefined
    : `${uri} has no operation ${operationId}, which function ${name} calls`;
}

function hasOperation(document: Json | undefined, operationId: string) {
  return fieldsOf(fieldOf(document, 'paths')).some(path =>
    fieldsOf(path).some(
      operation => fieldOf(operation, 'operationId') === operationId,
    ),
  );
}

function fieldOf(json: Json | undefined, name: string): Json | undefined {
  return typeof json === 'object' &&
    json !== null &&
    !Array.isArray(json) &&
    Object.hasOwn(json, name)
    ? json[name]
    : undefined;
}

function fieldsOf(json: Json | undefined): Json[] {
  return typeof json === 'object' && json !== null ? Object.values(json) : [];
}
