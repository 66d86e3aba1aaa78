import { JsonObject, JsonValue } from '@backstage/types';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parameters of the address that are not about the input. */
const reservedParams = ['prefillFrom', 'entityRef', 'reference', 'version'];

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function typed(text: string, schema: JsonObject): JsonValue | undefined {
  const types = [schema.type].flat();
  if (types.includes('string') || schema.type === undefined) return text;
  const value = parsed(text);
  const type = Array.isArray(value) ? 'array' : typeof value;
  const isFitting =
    types.includes(type) || (type === 'number' && types.includes('integer'));
  return isFitting ? value : undefined;
}

function prefilled(
  schema: JsonObject,
  data: JsonObject,
  [name, ...rest]: string[],
  text: string,
): JsonObject {
  const { properties } = schema;
  if (!isObject(properties) || !Object.hasOwn(properties, name)) return data;
  const property = properties[name];
  if (!isObject(property)) return data;
  if (rest.length === 0) {
    const value = typed(text, property);
    return value === undefined ? data : { ...data, [name]: value };
  }
  const before = isObject(data[name]) ? data[name] : {};
  const after = prefilled(property, before, rest, text);
  return after === before ? data : { ...data, [name]: after };
}

/**
 * Input from an address: `?name=shop&team.size=3` sets the properties that the schema knows, in
 * the type that it wants; objects and lists are written as JSON. Anything else is ignored.
 */
export function prefill(
  schema: JsonObject,
  data: JsonObject,
  params: URLSearchParams,
): JsonObject {
  return [...params]
    .filter(([name]) => !reservedParams.includes(name))
    .reduce(
      (filled, [name, text]) =>
        prefilled(schema, filled, name.split('.'), text),
      data,
    );
}
