import { FunctionDefinition } from '../../model';
import { FunctionTarget } from '../plan/PlanContext';
import { asyncApiTarget } from './asyncApi';
import { CustomRestCall } from './customRest';
import { FunctionSources } from './FunctionSources';
import { jwtParser } from './jwtParser';
import { KnativeCall } from './knative';
import { OpenApiCall } from './OpenApiCall';

/**
 * What stands behind a function. Throws an Error that says why when it can't be used; functions whose
 * code is Java, Python, Camel or gRPC are not available here.
 */
export function functionTarget(
  definition: FunctionDefinition,
  sources: FunctionSources,
): FunctionTarget {
  switch (definition.type) {
    case 'expression':
      return { kind: 'expression', expression: definition.operation };
    case 'rest':
      return { kind: 'call', call: OpenApiCall.create(definition, sources) };
    case 'asyncapi':
      return asyncApiTarget(definition, sources);
    case 'custom':
      return customTarget(definition, sources);
    default:
      throw notAvailable(definition, definition.type);
  }
}

function customTarget(
  definition: FunctionDefinition,
  { properties }: FunctionSources,
): FunctionTarget {
  const separator = definition.operation.indexOf(':');
  const type =
    separator === -1
      ? definition.operation
      : definition.operation.slice(0, separator);
  switch (type) {
    case 'sysout': {
      const level =
        separator === -1 ? '' : definition.operation.slice(separator + 1);
      return { kind: 'log', level: level === '' ? 'INFO' : level };
    }
    case 'rest':
      return { kind: 'call', call: new CustomRestCall(definition, properties) };
    case 'knative':
      return { kind: 'call', call: new KnativeCall(definition, properties) };
    case 'jwt-parser':
      return { kind: 'call', call: jwtParser };
    default:
      throw notAvailable(definition, `custom ${type}`);
  }
}

function notAvailable(definition: FunctionDefinition, type: string): Error {
  return new Error(
    `Function ${definition.name} is of type ${type} (${definition.operation}), which is not available in the embedded engine`,
  );
}
