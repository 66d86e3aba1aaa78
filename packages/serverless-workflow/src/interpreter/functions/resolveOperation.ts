import { FunctionDefinition, Json } from '../../model';
import { readDocument } from '../../parse';
import { FunctionSources } from './FunctionSources';
import { textField } from './json';

/** The document and operation that a function of type `rest` or `asyncapi` names. */
export interface OperationReference {
  document: Json;
  operation: string;
  /** What configuration keys call the document. */
  serviceName: string;
}

/**
 * Reads `<uri or alias>#<operation>`. Throws an Error that says what is wrong with it.
 */
export function resolveOperation(
  { name, operation }: FunctionDefinition,
  sources: FunctionSources,
): OperationReference {
  const parts = operation.split('#');
  if (parts.length !== 2) {
    throw new Error(`${operation} should have just 1 #`);
  }
  const [reference, operationId] = parts;
  const { uriDefinitions } = sources.workflow;
  const isAlias = Object.hasOwn(uriDefinitions, reference);
  const uri = isAlias ? uriDefinitions[reference] : reference;
  const text = Object.hasOwn(sources.resources, uri)
    ? sources.resources[uri]
    : undefined;
  const document = text === undefined ? undefined : readDocument(text, uri);
  if (document === undefined) {
    throw new Error(
      `Function ${name} needs ${uri}, which ${
        text === undefined ? 'does not exist' : 'can not be read'
      }`,
    );
  }
  return {
    document,
    operation: operationId,
    serviceName: isAlias
      ? reference
      : serviceName(name, uri, document, sources),
  };
}

/** The name of a document by the strategy of `kogito.sw.operationIdStrategy`. */
function serviceName(
  functionName: string,
  uri: string,
  document: Json,
  { properties, workflow }: FunctionSources,
): string {
  const path = uri.replace(/^(?:classpath|file):\/*/i, '');
  switch (properties.get('kogito.sw.operationIdStrategy')?.toUpperCase()) {
    case 'FULL_URI':
      return path.replace(/^https?:\/\/[^/]*\//i, '');
    case 'FUNCTION_NAME':
      return `${workflow.id}_${functionName}`;
    case 'SPEC_TITLE': {
      const info =
        typeof document === 'object' && document !== null && 'info' in document
          ? document.info
          : undefined;
      return textField(info, 'title') ?? path;
    }
    default:
      return path.slice(path.lastIndexOf('/') + 1);
  }
}

/** The ways in which a document may be written in a key: as it is, quoted, and without odd characters. */
export function keyNames(name: string): string[] {
  return [
    ...new Set([
      name,
      `"${name}"`,
      name.replace(/[^A-Za-z0-9_-]/g, '_'),
      name.replace(/[^A-Za-z0-9]/g, '_'),
    ]),
  ];
}
