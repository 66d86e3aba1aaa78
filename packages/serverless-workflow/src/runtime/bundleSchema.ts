import { field, isObject } from '../interpreter/functions/json';
import { Json, JsonObject } from '../model';

/** Reads the document at a URI; throws an Error when there is none. @public */
export type ReadSchema = (uri: string) => JsonObject;

/** Below these keywords stands data, in which `$ref` means nothing. */
const DATA_KEYWORDS = new Set(['const', 'default', 'enum', 'examples']);
/** References between documents have to come to an end; real schemas have a handful. */
const MAX_DOCUMENTS = 50;

/**
 * Makes one document of a schema and those that it refers to, which come under `$defs`, as SonataFlow
 * shows it. Identifiers and dialects are left out: all is read as one draft 07 schema.
 *
 * @param uri - where the schema itself stands; relative references start there
 * @throws Error when `read` does, or when there is no end of documents
 * @public
 */
export function bundleSchema(
  schema: JsonObject,
  uri: string,
  read: ReadSchema,
): JsonObject {
  const definitions: JsonObject = {};
  const pointers = new Map([[uri, '']]);
  const include = (target: string): string => {
    const known = pointers.get(target);
    if (known !== undefined) {
      return known;
    }
    if (pointers.size > MAX_DOCUMENTS) {
      throw new Error(`it consists of more than ${MAX_DOCUMENTS} documents`);
    }
    const pointer = `/$defs/${escape(target)}`;
    pointers.set(target, pointer);
    const document = rewrite(read(target), target, pointer, include);
    define(definitions, target, document);
    return pointer;
  };
  const root = rewrite(schema, uri, '', include);
  if (!isObject(root)) {
    return {};
  }
  const own = field(root, '$defs');
  return pointers.size === 1
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
      result.$ref = reference(inner, uri, pointer, include);
    } else if (DATA_KEYWORDS.has(key)) {
      define(result, key, inner);
    } else if (
      !((key === '$id' || key === '$schema') && typeof inner === 'string')
    ) {
      define(result, key, rewrite(inner, uri, pointer, include));
    }
  }
  return result;
}

/** Assigning `__proto__` would do something else than add a field. */
function define(target: JsonObject, key: string, value: Json): void {
  Object.defineProperty(target, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
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
function relativeTo(uri: string, ref: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(ref)) {
    return ref;
  }
  if (/^https?:/i.test(uri)) {
    return new URL(ref, uri).href;
  }
  if (ref.startsWith('/')) {
    return ref;
  }
  // `classpath:/a` and `file:///a` keep what stands before their path.
  const scheme = /^[a-z]+:\/*/i.exec(uri)?.[0] ?? '';
  const resolved: string[] = [];
  for (const segment of [
    ...uri.slice(scheme.length).split('/').slice(0, -1),
    ...ref.split('/'),
  ]) {
    if (segment === '..' && resolved.length > 0) {
      resolved.pop();
    } else if (segment !== '.') {
      resolved.push(segment);
    }
  }
  return scheme + resolved.join('/');
}

function escape(segment: string): string {
  return segment.replace(/~/g, '~0').replace(/\//g, '~1');
}
