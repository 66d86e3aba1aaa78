import { Json } from '../../model';

/** Whether a value is a JSON object. */
export function isObject(
  value: Json | undefined,
): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field of an object; undefined for everything else. */
export function field(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name)
    ? value[name]
    : undefined;
}

/** An own field that is a text. */
export function textField(
  value: Json | undefined,
  name: string,
): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** The elements of an own field that is an array; none for everything else. */
export function listField(value: Json | undefined, name: string): Json[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}
