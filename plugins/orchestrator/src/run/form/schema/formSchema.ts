import { JsonObject, JsonValue } from '@backstage/types';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema keywords whose value maps names to schemas. */
const schemaMaps = new Set([
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'dependentSchemas',
]);

/** Values that are data and not schemas. */
const literals = new Set(['const', 'enum', 'default', 'examples']);

/**
 * A schema as the form can draw it: the form knows Draft-07, so that the newer keywords for tuples
 * and dependencies are said in its words. The meaning stays the same.
 */
export function formSchema(schema: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (value !== undefined) result[key] = convert(key, value);
  }
  const { prefixItems, dependentRequired, dependentSchemas } = result;
  if (prefixItems !== undefined) {
    if (result.items !== undefined) result.additionalItems = result.items;
    result.items = prefixItems;
    delete result.prefixItems;
  }
  if (isObject(dependentRequired) || isObject(dependentSchemas)) {
    result.dependencies = {
      ...(isObject(dependentRequired) && dependentRequired),
      ...(isObject(dependentSchemas) && dependentSchemas),
    };
    delete result.dependentRequired;
    delete result.dependentSchemas;
  }
  return result;
}

function convert(key: string, value: JsonValue): JsonValue {
  if (literals.has(key)) return value;
  if (Array.isArray(value)) {
    return value.map(part => (isObject(part) ? formSchema(part) : part));
  }
  if (!isObject(value)) return value;
  if (!schemaMaps.has(key)) return formSchema(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      isObject(part) ? formSchema(part) : part,
    ]),
  );
}
