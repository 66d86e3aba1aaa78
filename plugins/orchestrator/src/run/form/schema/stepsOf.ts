import { JsonObject } from '@backstage/types';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One page of a form: a single top-level property. */
export interface FormStep {
  key: string;
  title: string;
  description?: string;
  /** The whole schema, reduced to this property. */
  schema: JsonObject;
}

/** Keywords that tie top-level properties together: such a form stays on one page. */
const ties = ['allOf', 'anyOf', 'oneOf', 'if', 'not', 'dependencies'];

function isObjectSchema(schema: unknown, root: JsonObject): boolean {
  if (!isObject(schema)) return false;
  if (typeof schema.$ref === 'string') {
    const name = /^#\/(definitions|\$defs)\/([^/]+)$/.exec(schema.$ref);
    const holder = name && root[name[1]];
    return isObject(holder) && isObjectSchema(holder[name?.[2] ?? ''], root);
  }
  return schema.type === 'object' || isObject(schema.properties);
}

function orderedKeys(schema: JsonObject, keys: string[]): string[] {
  const order = Array.isArray(schema['ui:order'])
    ? schema['ui:order'].map(String)
    : [];
  const listed = order.filter(key => keys.includes(key));
  const others = keys.filter(key => !listed.includes(key));
  const star = order.indexOf('*');
  const before =
    star < 0
      ? listed.length
      : listed.filter(key => order.indexOf(key) < star).length;
  return [...listed.slice(0, before), ...others, ...listed.slice(before)];
}

/**
 * The steps of a form whose top-level properties are all objects (at least two); undefined when
 * the form belongs on one page.
 */
export function stepsOf(schema: JsonObject): FormStep[] | undefined {
  const { properties } = schema;
  if (!isObject(properties) || ties.some(tie => schema[tie] !== undefined)) {
    return undefined;
  }
  const keys = Object.keys(properties);
  if (keys.length < 2) return undefined;
  if (!keys.every(key => isObjectSchema(properties[key], schema))) {
    return undefined;
  }
  const required = Array.isArray(schema.required) ? schema.required : [];
  const { title: _title, description: _description, ...rest } = schema;
  return orderedKeys(schema, keys).map(key => {
    const part = properties[key];
    const { title, description } = isObject(part) ? part : {};
    return {
      key,
      title: typeof title === 'string' ? title : key,
      ...(typeof description === 'string' && { description }),
      schema: {
        ...rest,
        'ui:order': undefined,
        properties: { [key]: part },
        required: required.filter(name => name === key),
      },
    };
  });
}
