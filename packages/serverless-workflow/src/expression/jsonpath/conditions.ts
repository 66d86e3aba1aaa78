import { compile } from '@open-orchestrator/jq';
import { Json } from '../../runtime/WorkflowRuntime';
import { isJsonObject, jsonEquals } from '../json';
import { Condition, JsonPath, Node, Operand } from './JsonPath';

/** The value to which a path leads from a node; undefined when it leads nowhere. */
export type FollowPath = (path: JsonPath, from: Node) => Json | undefined;

/** Patterns are matched by the jq library, which a bad pattern can't stall. */
const matchWhole = compile('test("^(?:" + $pattern + ")$"; $flags)', {
  variables: ['pattern', 'flags'],
});

const BUDGET = { steps: 1_000_000, timeMs: 1_000 };

/** Whether an element meets the condition of a filter. */
export function meets(
  condition: Condition,
  node: Node,
  follow: FollowPath,
): boolean {
  switch (condition.kind) {
    case 'and':
      return (
        meets(condition.left, node, follow) &&
        meets(condition.right, node, follow)
      );
    case 'or':
      return (
        meets(condition.left, node, follow) ||
        meets(condition.right, node, follow)
      );
    case 'not':
      return !meets(condition.condition, node, follow);
    case 'exists':
      return follow(condition.path, node) !== undefined;
    default:
      return compare(condition, node, follow);
  }
}

function resolve(
  operand: Operand,
  node: Node,
  follow: FollowPath,
): Json | undefined {
  switch (operand.kind) {
    case 'value':
      return operand.value as Json;
    case 'path':
      return follow(operand.path, node);
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
  follow: FollowPath,
): boolean {
  const a = resolve(left, node, follow);
  if (operator === '=~') {
    return a !== undefined && matches(a, right);
  }
  const b = resolve(right, node, follow);
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
