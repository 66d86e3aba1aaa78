import { Json } from '../runtime/WorkflowRuntime';
import { isJsonObject, JsonObject } from './json';

/** A copy of the value in which each text is replaced. */
export function transformTexts(
  value: Json,
  transform: (text: string) => Json,
): Json {
  if (typeof value === 'string') {
    return transform(value);
  }
  if (Array.isArray(value)) {
    return value.map(element => transformTexts(element, transform));
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const result: JsonObject = Object.create(null);
  for (const key of Object.keys(value)) {
    result[key] = transformTexts(value[key], transform);
  }
  return result;
}
