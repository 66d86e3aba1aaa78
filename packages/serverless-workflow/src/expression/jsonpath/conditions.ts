import { compile, JqHostObject } from '@open-orchestrator/jq';
import { Json } from '../../runtime/WorkflowRuntime';
import { isJsonObject, jsonEquals } from '../json';
import { Condition, JsonPathNotFoundError, Operand } from './JsonPath';
import { JsonPathSource, Node, readJsonPath } from './readJsonPath';

/** Patterns are matched by the jq library, which a bad pattern can't stall. */
const matchWhole = compile('test("^(?:" + $pattern + ")$"; $flags)', {
  variables: ['pattern', 'flags'],
});

const BUDGET = { steps: 1_000_000, timeMs: 1_000 };

/** Whether an element meets the condition of a filter. */
export function meets(
  condition: Condition,
  node: Node,
  source: JsonPathSource,
): boolean {
  switch (condition.kind) {
    case 'and':
      return (
        meets(condition.left, node, source) &&
        meets(condition.right, node, source)
      );
    case 'or':
      return (
        meets(condition.left, node, source) ||
        meets(condition.right, node, source)
      );
    case 'not':
      return !meets(condition.condition, node, source);
    case 'exists':
      return (
        resolve({ kind: 'path', path: condition.path }, node, source) !==
        undefined
      );
    default:
      return compare(condition, node, source);
  }
}

/** Undefined when a path leads nowhere. */
function resolve(
  operand: Operand,
  node: Node,
  source: JsonPathSource,
): Json | undefined {
  switch (operand.kind) {
    case 'value':
      return operand.value as Json;
    case 'path':
      try {
        const value = readJsonPath(operand.path, source, node);
        return value instanceof JqHostObject ? value.toJson() : value;
      } catch (error) {
        if (error instanceof JsonPathNotFoundError) {
          return undefined;
        }
        throw error;
      }
    default:
      return undefined;
  }
}

type Comparison = (a: Json, b: Json) => boolean;

function ordered(holds: (difference: number) => boolean): Comparison {
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') {
      return holds(a - b);
    }
    if (typeof a === 'string' && typeof b === 'string') {
      return holds(Number(a > b) - Number(a < b));
    }
    return false;
  };
}

function includes(list: Json, value: Json): boolean {
  return (
    Array.isArray(list) && list.some(element => jsonEquals(element, value))
  );
}

function sizeOf(value: Json): number {
  if (typeof value === 'string' || Array.isArray(value)) {
    return value.length;
  }
  return isJsonObject(value) ? Object.keys(value).length : -1;
}

const comparisons: Readonly<Record<string, Comparison>> = {
  '==': jsonEquals,
  '!=': (a, b) => !jsonEquals(a, b),
  '<': ordered(difference => difference < 0),
  '<=': ordered(difference => difference <= 0),
  '>': ordered(difference => difference > 0),
  '>=': ordered(difference => difference >= 0),
  in: (a, b) => includes(b, a),
  nin: (a, b) => !includes(b, a),
  subsetof: (a, b) => Array.isArray(a) && a.every(value => includes(b, value)),
  anyof: (a, b) => Array.isArray(a) && a.some(value => includes(b, value)),
  noneof: (a, b) => Array.isArray(a) && !a.some(value => includes(b, value)),
  contains: (a, b) =>
    typeof a === 'string' && typeof b === 'string'
      ? a.includes(b)
      : includes(a, b),
  size: (a, b) => sizeOf(a) === b,
  empty: (a, b) => (sizeOf(a) === 0) === b,
};

function compare(
  { operator, left, right }: Condition & { kind: 'comparison' },
  node: Node,
  source: JsonPathSource,
): boolean {
  const a = resolve(left, node, source);
  if (operator === '=~') {
    return a !== undefined && matches(a, right);
  }
  const b = resolve(right, node, source);
  if (a === undefined || b === undefined) {
    return operator === '!=' ? a !== b : false;
  }
  return comparisons[operator](a, b);
}

function matches(value: Json, pattern: Operand): boolean {
  if (pattern.kind !== 'pattern' || typeof value !== 'string') {
    return false;
  }
  const flags = pattern.ignoresCase ? 'i' : '';
  const [isMatch] = matchWhole.evaluate(value, {
    variables: { pattern: pattern.source, flags },
    budget: BUDGET,
  });
  return isMatch === true;
}
