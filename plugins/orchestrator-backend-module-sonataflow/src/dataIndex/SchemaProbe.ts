import { selectedTypes, TYPE_FIELDS_DOCUMENT } from './documents';
import { GraphQLFailure } from './GraphQLFailure';
import { JsonRecord, recordOf, recordsOf, textOf } from './json';
import { TypeFields } from './printOperation';

type Ask = (
  document: string,
  variables: Record<string, unknown>,
) => Promise<JsonRecord>;

/**
 * Learns which fields the Data Index at hand has. Versions 9.9 to 10.2 differ, and asking for an
 * unknown field fails the whole request.
 */
export class SchemaProbe {
  readonly #ask: Ask;
  #known?: Promise<TypeFields>;
  #latest?: TypeFields;

  private constructor(ask: Ask) {
    this.#ask = ask;
  }

  static create(ask: Ask): SchemaProbe {
    return new SchemaProbe(ask);
  }

  /**
   * Asks once and remembers; a failure is not remembered. One introspection serves all callers, so
   * it takes no signal of a single one.
   */
  async typeFields(): Promise<TypeFields> {
    const known = (this.#known ??= this.#introspect());
    try {
      return await known;
    } catch (error) {
      if (this.#known === known) {
        this.#known = undefined;
      }
      throw error;
    }
  }

  /** Drops what was learnt, unless it was learnt anew meanwhile. */
  forget(outdated: TypeFields) {
    if (this.#latest === outdated) {
      this.#known = undefined;
    }
  }

  /** The release line that the schema belongs to, as far as its fields tell. */
  async version(): Promise<string | undefined> {
    const fields = (await this.typeFields()).get('ProcessInstance');
    if (!fields) return undefined;
    if (fields.has('cloudEventId')) return '10.2';
    if (fields.has('executionSummary')) return '10.1';
    return fields.has('createdBy') ? '9.9' : '1';
  }

  async #introspect(): Promise<TypeFields> {
    const schema = new Map<string, ReadonlySet<string>>();
    for (const type of selectedTypes()) {
      // One after the other: a second __type in one request is refused.
      const data = await this.#ask(TYPE_FIELDS_DOCUMENT, { name: type });
      schema.set(type, fieldNames(data));
    }
    if (schema.get('ProcessInstance')?.size === 0) {
      throw new GraphQLFailure(
        'tells nothing of its schema; it has to allow introspection',
      );
    }
    this.#latest = schema;
    return schema;
  }
}

function fieldNames(data: JsonRecord): Set<string> {
  const fields = recordsOf(recordOf(data.__type)?.fields);
  return new Set(fields.flatMap(field => textOf(field.name) ?? []));
}
