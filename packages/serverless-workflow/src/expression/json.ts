import { Json } from '../runtime/WorkflowRuntime';

export type JsonObject = { [key: string]: Json };

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy with one field set; the result has no prototype, so that any key is an ordinary one. */
export function withField(
  object: JsonObject,
  key: string,
  value: Json,
): JsonObject {
  const result: JsonObject = Object.create(null);
  for (const existing of Object.keys(object)) {
    result[existing] = object[existing];
  }
  result[key] = value;
  return result;
}

export function jsonEquals(a: Json, b: Json): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((v, i) => jsonEquals(v, b[i]));
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every(key => Object.hasOwn(b, key) && jsonEquals(a[key], b[key]))
    );
  }
  return false;
}
