import { field, isObject } from '../interpreter/functions/json';
import { Json, JsonObject } from '../model';

/** Reads the document at a URI; throws an Error when there is none. */
export type ReadSchema = (uri: string) => JsonObject;

/**
 * Makes one document of a schema and those that it refers to, which come under `$defs`, as SonataFlow
 * shows it. Identifiers and dialects are left out: all is read as one draft 07 schema.
 */
export function bundleSchema(
  schema: JsonObject,
  uri: string,
  read: ReadSchema,
): JsonObject {
  const definitions: JsonObject = {};
  const names = new Map<string, string>();
  const include = (target: string): string => {
    const known = names.get(target);
    if (known !== undefined) {
      return known;
    }
    const pointer = `/$defs/${escape(target)}`;
    names.set(target, pointer);
    definitions[target] = rewrite(read(target), target, pointer, include);
    return pointer;
  };
  names.set(uri, '');
  const root = rewrite(schema, uri, '', include);
  if (!isObject(root)) {
    return {};
  }
  const own = field(root, '$defs');
  return names.size === 1
    ? root
    : { ...root, $defs: { ...(isObject(own) ? own : {}), ...definitions } };
}

function rewrite(
  value: Json,
  uri: string,
  pointer: string,
  include: (target: string) => string,
): Json {
  if (Array.isArray(value)) {
    return value.map(each => rewrite(each, uri, pointer, include));
  }
  if (!isObject(value)) {
    return value;
  }
  const result: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && typeof inner === 'string') {
      result[key] = reference(inner, uri, pointer, include);
    } else if (
      !((key === '$id' || key === '$schema') && typeof inner === 'string')
    ) {
      result[key] = rewrite(inner, uri, pointer, include);
    }
  }
  return result;
}

function reference(
  ref: string,
  uri: string,
  pointer: string,
  include: (target: string) => string,
): string {
  const [file, fragment = ''] = ref.split('#');
  const target = file === '' ? pointer : include(relativeTo(uri, file));
  return `#${target}${fragment}`;
}

/** A reference in a document as the URI of what it means. */
function relativeTo(uri: string, reference: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) {
    return reference;
  }
  if (reference.startsWith('/')) {
    return reference;
  }
  const segments = [
    ...uri.split('/').slice(0, -1),
    ...reference.split('/'),
  ].filter(segment => segment !== '.');
  const resolved: string[] = [];
  for (const segment of segments) {
    if (segment === '..' && resolved.length > 0) {
      resolved.pop();
    } else {
      resolved.push(segment);
    }
  }
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  const scheme = /^[a-z]+:/i.exec(uri)?.[0] ?? '';
  return folder === '' && scheme !== ''
    ? `${scheme}${resolved.join('/')}`
    : resolved.join('/');
}

function escape(segment: string): string {
  return segment.replace(/~/g, '~0').replace(/\//g, '~1');
}
