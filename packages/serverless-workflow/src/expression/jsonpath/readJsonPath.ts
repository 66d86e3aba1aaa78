import { JqHostObject } from '@open-orchestrator/jq';
import { Json } from '../../runtime/WorkflowRuntime';
import { isJsonObject } from '../json';
import { FollowPath, meets } from './conditions';
import {
  isDefinite,
  JsonPath,
  JsonPathNotFoundError,
  JsonPathStep,
  Node,
} from './JsonPath';
import { applyFunction } from './functions';

/** What a path is read from. */
export interface JsonPathSource {
  root: Json;
  /** The field of an object; undefined when it has none. Asked at every object on the way. */
  field: (object: Node, name: string) => Node | undefined;
  /** Called for each visited value, so that a budget can end it. */
  onVisit: () => void;
}

/**
 * The value that a definite path leads to, or the list of all values that another path finds.
 *
 * @throws JsonPathNotFoundError when a definite path leads nowhere
 */
export function readJsonPath(
  path: JsonPath,
  source: JsonPathSource,
  current: Node = source.root,
): Node {
  const start = path.isAbsolute ? source.root : current;
  const last = path.steps[path.steps.length - 1];
  if (last?.kind === 'function') {
    const before = { ...path, steps: path.steps.slice(0, -1) };
    return applyFunction(last.name, readJsonPath(before, source, current));
  }
  const definite = isDefinite(path);
  const found = select(path.steps, [start], source, definite);
  return definite ? found[0] : found.filter(isJson);
}

function isJson(node: Node): node is Json {
  return !(node instanceof JqHostObject);
}

function select(
  steps: readonly JsonPathStep[],
  start: Node[],
  source: JsonPathSource,
  isDefinitePath: boolean,
): Node[] {
  let nodes = start;
  for (const step of steps) {
    const found: Node[] = [];
    for (const node of nodes) {
      source.onVisit();
      found.push(...apply(step, node, source));
    }
    if (isDefinitePath && found.length === 0) {
      throw new JsonPathNotFoundError(
        `Nothing is found at ${describe(step)} of the path`,
      );
    }
    nodes = found;
  }
  return nodes;
}

function describe(step: JsonPathStep): string {
  switch (step.kind) {
    case 'property':
      return `['${step.names.join("','")}']`;
    case 'index':
      return `[${step.indexes.join()}]`;
    default:
      return step.kind;
  }
}

function apply(step: JsonPathStep, node: Node, source: JsonPathSource): Node[] {
  switch (step.kind) {
    case 'property':
      return properties(step.names, node, source);
    case 'index':
      return Array.isArray(node) ? elements(node, step.indexes) : [];
    case 'slice':
      return Array.isArray(node) ? slice(node, step) : [];
    case 'wildcard':
      return children(node);
    case 'scan':
      return descendants(node, source);
    case 'filter':
      return filtered(node, source, step);
    default:
      return [];
  }
}

function properties(
  names: string[],
  node: Node,
  source: JsonPathSource,
): Node[] {
  if (!(node instanceof JqHostObject) && !isJsonObject(node)) {
    return [];
  }
  const values = names.map(name => source.field(node, name));
  if (names.length === 1) {
    return values.filter(value => value !== undefined);
  }
  // Several names at once give an object with those that exist.
  const result: { [name: string]: Json } = Object.create(null);
  names.forEach((name, i) => {
    const value = values[i];
    if (value !== undefined && isJson(value)) {
      result[name] = value;
    }
  });
  return [result];
}

function elements(array: Json[], indexes: number[]): Json[] {
  return indexes
    .map(index => (index < 0 ? index + array.length : index))
    .filter(index => index >= 0 && index < array.length)
    .map(index => array[index]);
}

function slice(
  array: Json[],
  { from, to }: { from?: number; to?: number },
): Json[] {
  return array.slice(from ?? 0, to ?? array.length);
}

function children(node: Node): Node[] {
  if (Array.isArray(node)) {
    return node;
  }
  return isJsonNodeObject(node) ? Object.values(node) : [];
}

function isJsonNodeObject(node: Node): node is { [key: string]: Json } {
  return isJson(node) && isJsonObject(node);
}

/** The node and all containers inside it, parents first. */
function descendants(root: Node, source: JsonPathSource): Node[] {
  const found: Node[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    source.onVisit();
    if (typeof node === 'object' && node !== null) {
      found.push(node);
      stack.push(...children(node).slice().reverse());
    }
  }
  return found;
}

function filtered(
  node: Node,
  source: JsonPathSource,
  { condition }: { condition: Parameters<typeof meets>[0] },
): Node[] {
  const candidates = Array.isArray(node) ? node : [node];
  const follow: FollowPath = (path, from) => valueAt(path, from, source);
  return candidates.filter(candidate => {
    source.onVisit();
    return meets(condition, candidate, follow);
  });
}

/** Undefined when a path leads nowhere. */
function valueAt(
  path: JsonPath,
  node: Node,
  source: JsonPathSource,
): Json | undefined {
  try {
    const value = readJsonPath(path, source, node);
    return value instanceof JqHostObject ? value.toJson() : value;
  } catch (error) {
    if (error instanceof JsonPathNotFoundError) {
      return undefined;
    }
    throw error;
  }
}
