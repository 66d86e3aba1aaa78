import { findOperation } from '../interpreter/functions/OpenApiDocument';
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

/** A kind of document that has operations. */
interface DocumentKind {
  called: string;
  hasOperation(document: Json | undefined, operation: string): boolean;
}

const OPEN_API: DocumentKind = {
  called: '<OpenAPI document>#<operationId>',
  // Odd characters in a name do not count, as in the code that SonataFlow generates.
  hasOperation: (document, operation) =>
    document !== undefined && findOperation(document, operation) !== undefined,
};

/** Version 3 has operations of its own, version 2 has them in its channels. */
const ASYNC_API: DocumentKind = {
  called: '<AsyncAPI document>#<operation>',
  hasOperation: (document, operation) =>
    fieldOf(fieldOf(document, 'operations'), operation) !== undefined ||
    fieldsOf(fieldOf(document, 'channels')).some(channel =>
      fieldsOf(channel).some(
        each => fieldOf(each, 'operationId') === operation,
      ),
    ),
};

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
      return documentProblem(workflow, definition, lookup, OPEN_API);
    case 'asyncapi':
      return documentProblem(workflow, definition, lookup, ASYNC_API);
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

function documentProblem(
  workflow: Workflow,
  { name, operation }: FunctionDefinition,
  lookup: ResourceLookup | undefined,
  kind: DocumentKind,
) {
  const [document, operationId, ...more] = operation.split('#');
  if (!document || !operationId || more.length > 0) {
    return `The operation of function ${name} has to be ${kind.called}`;
  }
  const uri = Object.hasOwn(workflow.uriDefinitions, document)
    ? workflow.uriDefinitions[document]
    : document;
  if (!lookup || isRemote(uri)) return undefined;
  const text = lookup(uri);
  if (text === undefined) {
    return `There is no file ${uri}, which function ${name} refers to`;
  }
  return kind.hasOperation(readDocument(text, uri), operationId)
    ? undefined
    : `${uri} has no operation ${operationId}, which function ${name} calls`;
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
