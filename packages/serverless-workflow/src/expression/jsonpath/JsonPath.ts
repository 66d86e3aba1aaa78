import { JqHostObject } from '@open-orchestrator/jq';
import { Json } from '../../runtime/WorkflowRuntime';

/** What a path may meet. */
export type Node = Json | JqHostObject;

/** One step of a path. */
export type JsonPathStep =
  | { kind: 'property'; names: string[] }
  | { kind: 'index'; indexes: number[] }
  | { kind: 'slice'; from?: number; to?: number }
  | { kind: 'wildcard' }
  /** Everything below, to which the next step is applied. */
  | { kind: 'scan' }
  | { kind: 'filter'; condition: Condition }
  | { kind: 'function'; name: string };

/** A parsed path. */
export interface JsonPath {
  /** Whether it starts at `$`, or at `@` inside a filter. */
  isAbsolute: boolean;
  steps: JsonPathStep[];
}

/** What a filter compares. */
export type Operand =
  | { kind: 'path'; path: JsonPath }
  | { kind: 'value'; value: unknown }
  | { kind: 'pattern'; source: string; ignoresCase: boolean };

/** What a filter asks of each element. */
export type Condition =
  | { kind: 'and' | 'or'; left: Condition; right: Condition }
  | { kind: 'not'; condition: Condition }
  | { kind: 'exists'; path: JsonPath }
  | { kind: 'comparison'; operator: string; left: Operand; right: Operand };

/** The text is not a JSONPath. */
export class JsonPathSyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'JsonPathSyntaxError';
    this.offset = offset;
  }
}

/** What a definite path leads to does not exist. */
export class JsonPathNotFoundError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'JsonPathNotFoundError';
  }
}

/** Whether a path can lead to one place only. */
export function isDefinite({ steps }: JsonPath): boolean {
  return steps.every(step => {
    switch (step.kind) {
      case 'property':
        return step.names.length === 1;
      case 'index':
        return step.indexes.length === 1;
      default:
        return step.kind === 'function';
    }
  });
}
