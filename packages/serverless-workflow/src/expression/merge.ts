import { Json } from '../runtime/WorkflowRuntime';
import { isJsonObject, jsonEquals, withField } from './json';

/** @public */
export interface MergeOptions {
  /** Adds the elements that the target lacks instead of replacing its array. Default false. */
  mergeArrays?: boolean;
}

/**
 * Merges a result into data by SonataFlow's rules (Kogito's MergeUtils) and returns the merged value;
 * neither argument is changed.
 *
 * - null or an empty object is replaced; null merged into an object changes nothing
 * - objects merge deeply; anything else merged into an object goes under `response`
 * - arrays are replaced; anything else merged into an array is added unless it is already there
 * - null is neither added to an array nor set as a field that is not there: the data that SonataFlow
 *   works on (`ObjectNodeListenerAware`) takes that for no change
 * - an array merged into a text, number or boolean gets it as first element, an object under `_target`
 *
 * @public
 */
export function merge(
  target: Json | undefined,
  source: Json,
  options: MergeOptions = {},
): Json {
  if (target === undefined || target === null) {
    return source;
  }
  if (Array.isArray(target)) {
    return mergeIntoArray(target, source, options);
  }
  if (isJsonObject(target)) {
    return mergeIntoObject(target, source, options);
  }
  return mergeIntoScalar(target, source);
}

function mergeIntoArray(
  target: Json[],
  source: Json,
  options: MergeOptions,
): Json {
  if (!Array.isArray(source)) {
    return withElements(target, [source]);
  }
  return options.mergeArrays ? withElements(target, source) : source;
}

function withElements(target: Json[], elements: Json[]): Json[] {
  const result = [...target];
  for (const element of elements) {
    if (
      element !== null &&
      !result.some(existing => jsonEquals(existing, element))
    ) {
      result.push(element);
    }
  }
  return result;
}

function mergeIntoObject(
  target: { [key: string]: Json },
  source: Json,
  options: MergeOptions,
): Json {
  if (source === null) {
    return target;
  }
  const keys = Object.keys(target);
  if (keys.length === 0) {
    return source;
  }
  if (!isJsonObject(source)) {
    return withField(target, 'response', source);
  }
  const result: { [key: string]: Json } = Object.create(null);
  for (const key of keys) {
    result[key] = target[key];
  }
  for (const key of Object.keys(source)) {
    if (Object.hasOwn(target, key)) {
      result[key] = merge(target[key], source[key], options);
    } else if (source[key] !== null) {
      result[key] = source[key];
    }
  }
  return result;
}

function mergeIntoScalar(
  target: boolean | number | string,
  source: Json,
): Json {
  if (Array.isArray(source)) {
    return source.includes(target) ? source : [target, ...source];
  }
  return isJsonObject(source) ? withField(source, '_target', target) : source;
}
