import { JqError } from '../errors';
import { Code, codeOfOne } from '../run/Code';
import { Run } from '../run/Run';
import { index, indicesOfArray, iterate } from '../value/access';
import { add, arithmetic } from '../value/arithmetic';
import { compare, equals } from '../value/compare';
import { describe } from '../value/describe';
import { JqValue } from '../value/JqValue';
import { isObject, JqObject, typeName } from '../value/kinds';
import { emptyObject, field, sortedKeys } from '../value/objects';
import { codePointIndex, textLength } from '../value/text';
import {
  asArray,
  asString,
  BuiltinTable,
  Call,
  defined,
  outputs,
  plainFunction,
  special,
} from './Builtin';
import { identity, iterateCode } from '../compile/navigation';
import { drive } from '../run/Code';

export function length(run: Run, value: JqValue): JqValue {
  switch (typeof value) {
    case 'string':
      run.step(value.length >> 4);
      return textLength(value);
    case 'number':
      return Math.abs(value);
    case 'boolean':
      throw new JqError(`${describe(value)} has no length`);
    default:
      if (value === null) {
        return 0;
      }
      return Array.isArray(value) ? value.length : Object.keys(value).length;
  }
}

function keys(
  run: Run,
  value: JqValue,
  namesOf: (object: JqObject) => string[],
): JqValue[] {
  if (Array.isArray(value)) {
    run.grow(value.length);
    return value.map((_, i) => i);
  }
  if (!isObject(value)) {
    throw new JqError(`${describe(value)} has no keys`);
  }
  const names = namesOf(value);
  run.grow(names.length);
  return names;
}

function has(container: JqValue, key: JqValue): boolean {
  if (container === null) {
    return false;
  }
  if (isObject(container) && typeof key === 'string') {
    return Object.hasOwn(container, key);
  }
  if (Array.isArray(container) && typeof key === 'number') {
    return key >= 0 && key < container.length;
  }
  throw new JqError(
    `Cannot check whether ${typeName(container)} has a ${typeName(key)} key`,
  );
}

const maxDepth = 10_000;

/** Values of different types can't be checked, nor can true and false. */
function checkContains(run: Run, whole: JqValue, part: JqValue): boolean {
  const isComparable =
    typeName(whole) === typeName(part) &&
    (typeof whole !== 'boolean' || whole === part);
  if (!isComparable) {
    throw new JqError(
      `${describe(whole)} and ${describe(
        part,
      )} cannot have their containment checked`,
    );
  }
  return contains(run, whole, part, 1);
}

function contains(
  run: Run,
  outer: JqValue,
  inner: JqValue,
  outerDepth: number,
): boolean {
  run.step();
  const [whole, part, depth] = onlyChildren(run, outer, inner, outerDepth);
  if (isObject(whole) && isObject(part)) {
    return Object.keys(part).every(
      key =>
        Object.hasOwn(whole, key) &&
        contains(run, whole[key], part[key], depth + 1),
    );
  }
  if (Array.isArray(whole) && Array.isArray(part)) {
    return part.every(wanted =>
      whole.some(value => contains(run, value, wanted, depth + 1)),
    );
  }
  if (typeof whole === 'string' && typeof part === 'string') {
    run.step(whole.length >> 4);
    return whole.includes(part);
  }
  return whole === part;
}

/** Arrays with one element each are followed without recursion, since they may nest deeply. */
function onlyChildren(
  run: Run,
  whole: JqValue,
  part: JqValue,
  outerDepth: number,
): [JqValue, JqValue, number] {
  let a = whole;
  let b = part;
  let depth = outerDepth;
  while (
    Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === 1 &&
    b.length === 1 &&
    typeName(a[0]) === typeName(b[0])
  ) {
    run.step();
    [a] = a;
    [b] = b;
    depth++;
  }
  if (depth > maxDepth + 1) {
    throw new JqError('Containment check too deep');
  }
  return [a, b, depth];
}

interface Keyed {
  value: JqValue;
  key: JqValue;
}

function sorted(run: Run, entries: Keyed[]): Keyed[] {
  const onVisit = () => run.step();
  run.grow(entries.length);
  return entries.sort((a, b) => compare(a.key, b.key, onVisit));
}

/** Each element with the outputs of the key code for it. */
function keyed(call: Call, key: Code): Keyed[] {
  const { input } = call;
  if (!Array.isArray(input)) {
    throw new JqError(
      `${describe(input)} cannot be sorted, as it is not an array`,
    );
  }
  return input.map(value => ({ value, key: outputs(call, key, value) }));
}

function byKey(use: (run: Run, entries: Keyed[]) => JqValue) {
  return special(([key]) =>
    codeOfOne((run, env, input) => use(run, keyed({ run, env, input }, key))),
  );
}

function bySelf(use: (run: Run, entries: Keyed[]) => JqValue) {
  return plainFunction((run, input) =>
    use(
      run,
      asArray(input, 'sorted').map(value => ({ value, key: value })),
    ),
  );
}

function sort(run: Run, entries: Keyed[]): JqValue {
  return sorted(run, entries).map(({ value }) => value);
}

function group(run: Run, entries: Keyed[]): JqValue[][] {
  const groups: JqValue[][] = [];
  let last: JqValue | undefined;
  for (const { value, key } of sorted(run, entries)) {
    if (last !== undefined && compare(last, key, () => run.step()) === 0) {
      groups[groups.length - 1].push(value);
    } else {
      groups.push([value]);
    }
    last = key;
  }
  return groups;
}

function unique(run: Run, entries: Keyed[]): JqValue {
  return group(run, entries).map(([first]) => first);
}

/** The smallest is the first of equals, the largest the last of them. */
function extreme(isBetter: (difference: number) => boolean) {
  return (run: Run, entries: Keyed[]): JqValue => {
    let best: Keyed | undefined;
    for (const entry of entries) {
      if (!best || isBetter(compare(entry.key, best.key, () => run.step()))) {
        best = entry;
      }
    }
    return best?.value ?? null;
  };
}
const smallest = extreme(difference => difference < 0);
const largest = extreme(difference => difference >= 0);

/** Adds many values; arrays and objects are copied once, not at each step. */
function sum(call: Call, source: Code): JqValue {
  const { run, env, input } = call;
  let total: JqValue = null;
  let own: JqValue[] | undefined;
  drive(source, run, env, input, value => {
    run.step();
    if (own && Array.isArray(value)) {
      run.grow(value.length);
      own.push(...value);
      return;
    }
    const isFirstArray: boolean = Array.isArray(total) && Array.isArray(value);
    total = add(run, total, value);
    own = isFirstArray && Array.isArray(total) ? total : undefined;
  });
  return total;
}

function toEntries(run: Run, value: JqValue): JqValue {
  const entries: JqValue[] = [];
  keys(run, value, Object.keys);
  iterate(value, (content, key) => {
    const entry = emptyObject();
    entry.key = key;
    entry.value = content;
    run.grow(3);
    entries.push(entry);
  });
  return entries;
}

const keyNames = ['key', 'Key', 'name', 'Name'];

function fromEntries(run: Run, value: JqValue): JqValue {
  const result = emptyObject();
  iterate(value, entry => {
    run.grow(1);
    if (!isObject(entry)) {
      throw new JqError(`Cannot index ${typeName(entry)} with string ("key")`);
    }
    const key = keyNames
      .map(name => field(entry, name))
      .find(found => found !== null && found !== false);
    if (typeof key !== 'string') {
      throw new JqError(`Cannot use ${describe(key ?? null)} as object key`);
    }
    result[key] = Object.hasOwn(entry, 'value')
      ? entry.value
      : field(entry, 'Value');
  });
  return result;
}

/** What is no number of levels is not noticed before there is an array to be flattened. */
function flattenWithout(run: Run, value: JqValue, depth: JqValue): JqValue {
  const result: JqValue[] = [];
  iterate(value, item => {
    run.grow(1);
    result.push(Array.isArray(item) ? arithmetic['-'](run, depth, 1) : item);
  });
  return result;
}

function flatten(run: Run, value: JqValue, depth: JqValue): JqValue {
  if (compare(depth, 0, () => run.step()) < 0) {
    throw new JqError('flatten depth must not be negative');
  }
  if (typeof depth !== 'number') {
    return flattenWithout(run, value, depth);
  }
  const result: JqValue[] = [];
  const stack: { items: JqValue[]; next: number }[] = [];
  const items: JqValue[] = [];
  iterate(value, item => items.push(item));
  stack.push({ items, next: 0 });
  while (stack.length > 0) {
    const frame = stack[stack.length - 1];
    if (frame.next === frame.items.length) {
      stack.pop();
      continue;
    }
    const item = frame.items[frame.next];
    frame.next++;
    run.grow(1);
    run.step();
    if (Array.isArray(item) && stack.length <= depth) {
      stack.push({ items: item, next: 0 });
    } else {
      result.push(item);
    }
  }
  return result;
}

/** Where a value occurs in an array or a text in a text, in code points; else what indexing gives. */
function indices(run: Run, container: JqValue, wanted: JqValue): JqValue {
  if (typeof container === 'string' && typeof wanted === 'string') {
    return textIndices(run, container, wanted);
  }
  if (!Array.isArray(container)) {
    return index(container, wanted);
  }
  const part = Array.isArray(wanted) ? wanted : [wanted];
  run.step(container.length * Math.max(1, part.length));
  return indicesOfArray(container, part, (a, b) =>
    equals(a, b, () => run.step()),
  );
}

function textIndices(run: Run, text: string, wanted: string): JqValue[] {
  const found: JqValue[] = [];
  if (wanted === '') {
    return found;
  }
  let unit = 0;
  let point = 0;
  for (
    let at = text.indexOf(wanted);
    at >= 0;
    at = text.indexOf(wanted, at + 1)
  ) {
    point += codePointIndex(text.slice(unit, at), at - unit);
    unit = at;
    run.grow(1);
    run.step();
    found.push(point);
  }
  run.step(text.length >> 4);
  return found;
}

function transpose(run: Run, value: JqValue): JqValue {
  const rows: JqValue[] = [];
  let width = 0;
  iterate(value, row => {
    width = Math.max(width, Number(length(run, row)));
    rows.push(row);
  });
  run.grow(width * rows.length);
  return Array.from({ length: Math.ceil(width) }, (_, i) =>
    rows.map(row => index(row, i)),
  );
}

/** Position of a value in a sorted array, or `-1 - position` where it would be put. */
function binarySearch(run: Run, value: JqValue, wanted: JqValue): JqValue {
  if (!Array.isArray(value)) {
    throw new JqError(`${describe(value)} cannot be searched from`);
  }
  let low = 0;
  let end = value.length;
  while (low < end) {
    const middle = (low + end) >> 1;
    const difference = compare(value[middle], wanted, () => run.step());
    if (difference === 0) {
      return middle;
    }
    if (difference < 0) {
      low = middle + 1;
    } else {
      end = middle;
    }
  }
  return -1 - low;
}

function reverse(run: Run, value: JqValue): JqValue {
  const count = length(run, value);
  if (count === 0) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new JqError(
      `Cannot index ${typeName(value)} with number (${Number(count) - 1})`,
    );
  }
  run.grow(value.length);
  return [...value].reverse();
}

const elements = iterateCode(identity);

/** Arrays and objects. */
export const containers: BuiltinTable = {
  'length/0': plainFunction(length),
  'keys/0': plainFunction((run, input) => keys(run, input, sortedKeys)),
  'keys_unsorted/0': plainFunction((run, input) =>
    keys(run, input, Object.keys),
  ),
  'has/1': plainFunction((_run, input, [key]) => has(input, key)),
  'contains/1': plainFunction((run, input, [part]) =>
    checkContains(run, input, part),
  ),
  'sort/0': bySelf(sort),
  'sort_by/1': byKey(sort),
  'group_by/1': byKey(group),
  'unique/0': bySelf(unique),
  'unique_by/1': byKey(unique),
  'min/0': bySelf(smallest),
  'min_by/1': byKey(smallest),
  'max/0': bySelf(largest),
  'max_by/1': byKey(largest),
  'add/0': special(() =>
    codeOfOne((run, env, input) => sum({ run, env, input }, elements)),
  ),
  'add/1': special(([source]) =>
    codeOfOne((run, env, input) => sum({ run, env, input }, source)),
  ),
  'to_entries/0': plainFunction(toEntries),
  'from_entries/0': plainFunction(fromEntries),
  'with_entries/1': defined(
    'def with_entries(f): to_entries | map(f) | from_entries;',
  ),
  'flatten/0': plainFunction((run, input) => flatten(run, input, 1e9)),
  'flatten/1': plainFunction((run, input, [depth]) =>
    flatten(run, input, depth),
  ),
  'indices/1': plainFunction((run, input, [wanted]) =>
    indices(run, input, wanted),
  ),
  '_strindices/1': plainFunction((run, input, [wanted]) =>
    textIndices(
      run,
      asString(
        input,
        `${describe(input)} cannot be searched, as it is not a string`,
      ),
      asString(wanted, `${describe(wanted)} is not a string`),
    ),
  ),
  'index/1': defined('def index($i): indices($i) | .[0];'),
  'rindex/1': defined('def rindex($i): indices($i) | .[-1:][0];'),
  'transpose/0': plainFunction(transpose),
  'bsearch/1': plainFunction((run, input, [wanted]) =>
    binarySearch(run, input, wanted),
  ),
  'reverse/0': plainFunction(reverse),
  'toarray/0': plainFunction((_run, input) =>
    Array.isArray(input) ? input : [input],
  ),
};
