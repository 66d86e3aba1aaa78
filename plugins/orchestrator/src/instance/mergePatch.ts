import { JsonObject, JsonValue } from '@backstage/types';

/** A change of workflow data, as the engine can make it. */
export interface MergePatch {
  /** What is merged: objects deeply, everything else replaces. Empty when nothing changes. */
  patch: JsonObject;
  /** JSON Pointers of what was taken away: a merge can't do that. */
  kept: string[];
  /** The data after the merge. */
  result: JsonObject;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every(name => Object.hasOwn(b, name) && isEqual(a[name], b[name]))
    );
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length && a.every((item, index) => isEqual(item, b[index]))
    );
  }
  return a === b;
}

/** What must be merged into `before` so that it becomes `after`, as far as a merge can. */
export function mergePatch(
  before: JsonObject,
  after: JsonObject,
  path = '',
): MergePatch {
  const merged: MergePatch = { patch: {}, kept: [], result: { ...before } };
  const escaped = (name: string) =>
    name.replace(/~/g, '~0').replace(/\//g, '~1');
  for (const name of Object.keys(before)) {
    if (!Object.hasOwn(after, name))
      merged.kept.push(`${path}/${escaped(name)}`);
  }
  for (const [name, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    if (isObject(old) && isObject(value)) {
      const inner = mergePatch(old, value, `${path}/${escaped(name)}`);
      merged.kept.push(...inner.kept);
      merged.result[name] = inner.result;
      if (Object.keys(inner.patch).length > 0) {
        merged.patch[name] = inner.patch;
      }
    } else if (old === undefined || !isEqual(old, value)) {
      merged.patch[name] = value;
      merged.result[name] = value;
    }
  }
  return merged;
}
