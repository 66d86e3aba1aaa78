import type { Json, JsonObject } from '@open-orchestrator/serverless-workflow';
import { readDocument } from '@open-orchestrator/serverless-workflow';
import { posix } from 'node:path';

/** Gives the text of another schema; rejects with a sentence that says why it can't. */
export type ReadSchemaText = (uri: string) => Promise<string>;

/** Below these keywords stands data, in which `$ref` means nothing. */
const DATA_KEYWORDS = new Set(['const', 'default', 'enum', 'examples']);
/** Real schemas have a handful. */
const MAX_DOCUMENTS = 50;

/**
 * Makes one schema out of a schema and all the files that it refers to: each file becomes an entry
 * of `$defs` and references to it are rewritten, as SonataFlow's management API does.
 *
 * @param uri - where the schema itself stands; relative references start there
 */
export async function bundleSchema(
  schema: JsonObject,
  uri: string,
  readText: ReadSchemaText,
): Promise<JsonObject> {
  const bundle = new Bundle(uri, schema);
  const root = bundle.rewrite(schema, uri) as JsonObject;
  const definitions: JsonObject = Object.create(null);
  for (let next = bundle.takeMissing(); next; next = bundle.takeMissing()) {
    const document = await readSchema(next.uri, readText);
    definitions[next.key] = bundle.rewrite(document, next.uri);
  }
  return Object.keys(definitions).length === 0
    ? root
    : { ...root, $defs: { ...asObject(root.$defs), ...definitions } };
}

/** Reads a schema that a definition keeps in a file of its own. */
export async function readSchema(
  uri: string,
  readText: ReadSchemaText,
): Promise<JsonObject> {
  let text: string;
  try {
    text = await readText(uri);
  } catch (error) {
    throw new Error(
      `${uri}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  const document = readDocument(text, uri);
  if (!isObject(document)) {
    throw new Error(`${uri}: it is no JSON Schema.`);
  }
  return document;
}

interface MissingDocument {
  uri: string;
  key: string;
}

class Bundle {
  readonly #rootUri: string;
  readonly #keys = new Map<string, string>();
  readonly #taken: Set<string>;
  readonly #missing: MissingDocument[] = [];

  constructor(rootUri: string, root: JsonObject) {
    this.#rootUri = rootUri;
    this.#taken = new Set(Object.keys(asObject(root.$defs)));
  }

  takeMissing(): MissingDocument | undefined {
    return this.#missing.shift();
  }

  /** A copy whose references all lead into the bundle. */
  rewrite(value: Json, uri: string): Json {
    if (Array.isArray(value)) {
      return value.map(item => this.rewrite(item, uri));
    }
    if (!isObject(value)) {
      return value;
    }
    const copy: JsonObject = {};
    for (const [key, item] of Object.entries(value)) {
      if (key === '$ref' && typeof item === 'string') {
        copy.$ref = this.#target(item, uri);
      } else if (DATA_KEYWORDS.has(key)) {
        define(copy, key, item);
      } else if (key !== '$id' || typeof item !== 'string') {
        // An $id would give the references below it another base.
        define(copy, key, this.rewrite(item, uri));
      }
    }
    return copy;
  }

  #target(reference: string, from: string): string {
    const [file, fragment = ''] = reference.split('#', 2);
    const uri = file === '' ? from : resolveUri(file, from);
    return uri === this.#rootUri
      ? `#${fragment}`
      : `#/$defs/${this.#keyOf(uri)}${fragment}`;
  }

  #keyOf(uri: string): string {
    const known = this.#keys.get(uri);
    if (known !== undefined) {
      return known;
    }
    if (this.#keys.size === MAX_DOCUMENTS) {
      throw new Error(
        `The schema consists of more than ${MAX_DOCUMENTS} files.`,
      );
    }
    const name = posix.basename(uri).replace(/[^\w.-]/g, '_');
    let key = name;
    for (let number = 2; this.#taken.has(key); number++) {
      key = `${name}-${number}`;
    }
    this.#taken.add(key);
    this.#keys.set(uri, key);
    this.#missing.push({ uri, key });
    return key;
  }
}

function resolveUri(reference: string, from: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(reference)) {
    return reference;
  }
  if (/^https?:/i.test(from)) {
    return new URL(reference, from).href;
  }
  const scheme = /^(?:classpath|file):\/*/.exec(from)?.[0] ?? '';
  return (
    scheme + posix.join(posix.dirname(from.slice(scheme.length)), reference)
  );
}

/** Assigning `__proto__` would do something else than add a key. */
function define(target: JsonObject, key: string, value: Json): void {
  Object.defineProperty(target, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
