import { UiSchema } from '@rjsf/utils';
import { JsonObject, JsonValue } from '@backstage/types';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  const { $ref } = schema;
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return schema;
  const target = $ref
    .slice(2)
    .split('/')
    .map(token => token.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce<JsonValue | undefined>(
      (at, token) => (isObject(at) ? at[token] : undefined),
      root,
    );
  return isObject(target) ? { ...target, ...schema, $ref: undefined } : schema;
}

function ownHints(schema: JsonObject): UiSchema {
  const hints: UiSchema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('ui:') && key !== 'ui:hidden') hints[key] = value;
  }
  if (schema['ui:hidden'] === true) hints['ui:widget'] = 'hidden';
  if (schema.format === 'password') hints['ui:widget'] ??= 'password';
  return hints;
}

const maxDepth = 12;

/**
 * How the form is to draw a schema: the `ui:*` hints that stand inside it, and passwords hidden as
 * they are typed.
 */
export function uiSchemaOf(
  schema: JsonObject,
  root: JsonObject = schema,
  depth = 0,
): UiSchema {
  // A schema that refers to itself has no end.
  if (depth > maxDepth) return {};
  const own = resolve(schema, root);
  const hints = ownHints(own);
  const under = (part: JsonObject) => uiSchemaOf(part, root, depth + 1);
  if (isObject(own.properties)) {
    for (const [name, part] of Object.entries(own.properties)) {
      if (isObject(part)) {
        const partHints = under(part);
        if (Object.keys(partHints).length > 0) hints[name] = partHints;
      }
    }
  }
  if (isObject(own.items)) {
    const items = under(own.items);
    if (Object.keys(items).length > 0) hints.items = items;
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf', 'then', 'else']) {
    for (const part of [own[keyword]].flat()) {
      if (isObject(part)) {
        const { 'ui:widget': _widget, ...partHints } = under(part);
        Object.assign(hints, { ...partHints, ...hints });
      }
    }
  }
  return hints;
}
