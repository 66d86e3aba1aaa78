import { JqError } from '../errors';
import { index, isSliceKey, sliceBounds } from './access';
import { compare, equals } from './compare';
import { JqPath, JqValue } from './JqValue';
import { isObject, JqObject, typeName } from './kinds';
import { copyObject, emptyObject, field } from './objects';

const maxPathLength = 10_000;
const maxArrayIndex = 536_870_911;

/** Called with the number of entries that are about to be copied. */
export type OnCopy = (entries: number) => void;

export function asPath(value: JqValue): JqPath {
  if (!Array.isArray(value)) {
    throw new JqError('Path must be specified as an array');
  }
  if (value.length > maxPathLength) {
    throw new JqError('Path too deep');
  }
  return value;
}

/** The value at a path; null where something on the way is missing. */
export function getPath(root: JqValue, path: JqPath): JqValue {
  let value = root;
  for (const key of path) {
    value = index(value, key);
  }
  return value;
}

/** A copy of the root with the value at the path replaced. Unchanged parts are shared. */
export function updatePath(
  root: JqValue,
  path: JqPath,
  update: (old: JqValue) => JqValue,
  onCopy: OnCopy,
): JqValue {
  const containers: JqValue[] = [];
  let value = root;
  for (const key of path) {
    containers.push(value);
    value = index(value, key);
  }
  let result = update(value);
  for (let i = path.length - 1; i >= 0; i--) {
    result = withKey(containers[i], path[i], result, onCopy);
  }
  return result;
}

/** A copy of the container with one element, entry or slice replaced. */
function withKey(
  container: JqValue,
  key: JqValue,
  value: JqValue,
  onCopy: OnCopy,
): JqValue {
  if (typeof key === 'string' && (container === null || isObject(container))) {
    return withEntry(container ?? emptyObject(), key, value, onCopy);
  }
  if (container === null || Array.isArray(container)) {
    if (typeof key === 'number') {
      return withElement(container ?? [], key, value, onCopy);
    }
    if (isSliceKey(key)) {
      return withSlice(container ?? [], key, value, onCopy);
    }
  }
  throw cannotUpdate(container, key);
}

function cannotUpdate(container: JqValue, key: JqValue): JqError {
  if (typeof container === 'string' && isSliceKey(key)) {
    return new JqError('Cannot update string slices');
  }
  if (Array.isArray(key) && Array.isArray(container)) {
    return new JqError('Cannot update field at array index of array');
  }
  return new JqError(
    `Cannot update field at ${typeName(key)} index of ${typeName(container)}`,
  );
}

function withEntry(
  object: JqObject,
  key: string,
  value: JqValue,
  onCopy: OnCopy,
): JqObject {
  const copy = copyObject(object);
  copy[key] = value;
  onCopy(Object.keys(copy).length);
  return copy;
}

function withElement(
  array: JqValue[],
  key: number,
  value: JqValue,
  onCopy: OnCopy,
): JqValue[] {
  if (Number.isNaN(key)) {
    throw new JqError('Cannot set array element at NaN index');
  }
  const at = key < 0 ? Math.floor(key) + array.length : Math.floor(key);
  if (at < 0) {
    throw new JqError('Out of bounds negative array index');
  }
  if (at > maxArrayIndex) {
    throw new JqError('Array index too large');
  }
  onCopy(Math.max(array.length, at + 1));
  const copy = array.slice();
  while (copy.length < at) {
    copy.push(null);
  }
  copy[at] = value;
  return copy;
}

function withSlice(
  array: JqValue[],
  key: JqObject,
  value: JqValue,
  onCopy: OnCopy,
): JqValue[] {
  if (!Array.isArray(value)) {
    throw new JqError('A slice of an array can only be assigned another array');
  }
  const [start, end] = sliceBounds(
    array.length,
    field(key, 'start'),
    field(key, 'end'),
  );
  onCopy(array.length + value.length);
  return [...array.slice(0, start), ...value, ...array.slice(end)];
}

/** A copy of the root without what the paths select; positions are those before any deletion. */
export function deletePaths(
  root: JqValue,
  paths: JqValue,
  onCopy: OnCopy,
): JqValue {
  if (!Array.isArray(paths)) {
    throw new JqError('Paths must be specified as an array');
  }
  const sorted = paths
    .map(path => asPath(path))
    .sort((a, b) => compare(a, b, () => {}));
  if (sorted.length === 0) {
    return root;
  }
  return sorted[0].length === 0 ? null : deleteSorted(root, sorted, 0, onCopy);
}

/** Paths with the same first keys stand together, the shortest first. */
function deleteSorted(
  container: JqValue,
  paths: JqPath[],
  level: number,
  onCopy: OnCopy,
): JqValue {
  let result = container;
  const deleted: JqValue[] = [];
  let end = paths.length;
  while (end > 0) {
    const key = paths[end - 1][level];
    let start = end;
    while (start > 0 && equals(paths[start - 1][level], key, () => {})) {
      start--;
    }
    // NaN equals nothing, not even itself.
    start = Math.min(start, end - 1);
    if (paths[start].length === level + 1) {
      deleted.push(key);
    } else {
      result = deleteBelow(result, key, paths.slice(start, end), level, onCopy);
    }
    end = start;
  }
  return withoutKeys(result, deleted, onCopy);
}

function deleteBelow(
  container: JqValue,
  key: JqValue,
  paths: JqPath[],
  level: number,
  onCopy: OnCopy,
): JqValue {
  const only = paths.length === 1 ? paths[0] : undefined;
  if (only) {
    return deleteOne(container, only.slice(level), onCopy);
  }
  const child = container === null ? null : index(container, key);
  return child === null
    ? container
    : withKey(
        container,
        key,
        deleteSorted(child, paths, level + 1, onCopy),
        onCopy,
      );
}

/** A single path may be very long, so it is not followed by recursion. */
function deleteOne(root: JqValue, path: JqPath, onCopy: OnCopy): JqValue {
  const parent = getPath(root, path.slice(0, -1));
  if (parent === null) {
    return root;
  }
  return updatePath(
    root,
    path.slice(0, -1),
    old => withoutKeys(old, path.slice(-1), onCopy),
    onCopy,
  );
}

function withoutKeys(
  container: JqValue,
  keys: JqValue[],
  onCopy: OnCopy,
): JqValue {
  if (container === null || keys.length === 0) {
    return container;
  }
  if (Array.isArray(container)) {
    return withoutElements(container, keys, onCopy);
  }
  if (isObject(container)) {
    return withoutEntries(container, keys, onCopy);
  }
  throw new JqError(`Cannot delete fields from ${typeName(container)}`);
}

function withoutElements(
  array: JqValue[],
  keys: JqValue[],
  onCopy: OnCopy,
): JqValue[] {
  const deleted = new Set<number>();
  for (const key of keys) {
    if (typeof key === 'number') {
      const at = Math.trunc(key);
      deleted.add(at < 0 ? at + array.length : at);
    } else if (isSliceKey(key)) {
      const [start, end] = sliceBounds(
        array.length,
        field(key, 'start'),
        field(key, 'end'),
      );
      for (let i = start; i < end; i++) {
        deleted.add(i);
      }
    } else {
      throw new JqError(
        `Cannot delete field at ${typeName(key)} index of array`,
      );
    }
  }
  onCopy(array.length);
  return array.filter((_, i) => !deleted.has(i));
}

function withoutEntries(
  object: JqObject,
  keys: JqValue[],
  onCopy: OnCopy,
): JqObject {
  const copy = copyObject(object);
  onCopy(Object.keys(copy).length);
  for (const key of keys) {
    if (typeof key !== 'string') {
      throw new JqError(
        `Cannot delete field at ${typeName(key)} index of object`,
      );
    }
    delete copy[key];
  }
  return copy;
}
