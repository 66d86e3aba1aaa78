import { FunctionDefinition } from '../model';

/** What carries out a function. */
export type OperationKind =
  | 'openapi'
  | 'asyncapi'
  | 'rest'
  | 'expression'
  | 'sysout'
  | 'camel'
  | 'other';

/** @see describeOperation */
export interface OperationDescription {
  kind: OperationKind;
  /** What SonataFlow needs to carry it out that the embedded engine does not have. */
  needs?: string;
}

/** What SonataFlow's types of `custom` operations need, by their prefix. */
const NEEDS: readonly [prefix: string, needs: string][] = [
  ['service', 'Java or Python code'],
  ['script', 'a script engine'],
  ['camel', 'Apache Camel'],
];

/** Add-ons of SonataFlow that the embedded engine has as well. */
const EMBEDDED_ADD_ONS: readonly string[] = ['knative', 'jwt-parser'];

/** Tells from a definition's type and operation what carries it out. */
export function describeOperation({
  type,
  operation,
}: FunctionDefinition): OperationDescription {
  switch (type) {
    case 'rest':
      return { kind: 'openapi' };
    case 'expression':
      return { kind: 'expression' };
    case 'custom':
      return describeCustom(operation);
    case 'asyncapi':
      return { kind: 'asyncapi' };
    case 'rpc':
      return { kind: 'other', needs: 'gRPC' };
    default:
      return { kind: 'other', needs: `support for type ${type}` };
  }
}

function describeCustom(operation: string): OperationDescription {
  const prefix = operation.split(':')[0];
  if (prefix === 'rest' || prefix === 'sysout') return { kind: prefix };
  if (EMBEDDED_ADD_ONS.includes(prefix)) return { kind: 'other' };
  const needs = NEEDS.find(([known]) => known === prefix)?.[1];
  return {
    kind: prefix === 'camel' ? 'camel' : 'other',
    needs: needs ?? 'Java code or an add-on of SonataFlow',
  };
}

/** Whether the embedded engine can carry out a function. */
export function isAvailableEmbedded(definition: FunctionDefinition): boolean {
  return describeOperation(definition).needs === undefined;
}
