import { Json, JsonObject } from '../../model';

/** A field that a query selects. */
export interface Selection {
  /** Under which its value is answered. */
  alias: string;
  name: string;
  arguments: JsonObject;
  /** What it selects of the value in turn; empty for a plain value. */
  selections: Selection[];
}

const TOKEN =
  /\s*,?\s*(?:#.*\s*)*("(?:[^"\\]|\\.)*"|[{}()[\]:$!=@]|\.\.\.|[^\s{}()[\]:$!=@",#]+)/y;

class QueryReader {
  readonly #tokens: string[] = [];
  readonly #variables: JsonObject;
  #index = 0;

  constructor(text: string, variables: JsonObject) {
    this.#variables = variables;
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
      this.#tokens.push(match[1]);
    }
  }

  query(): Selection[] {
    // The kind, name and variables of the operation tell nothing.
    const start = this.#tokens.indexOf('{');
    this.#index = start;
    while (start > 0 && this.#depthAt(this.#index) > 0) {
      this.#index = this.#tokens.indexOf('{', this.#index + 1);
    }
    return this.#selections();
  }

  #depthAt(index: number): number {
    const before = this.#tokens.slice(0, index);
    return (
      before.filter(token => token === '(').length -
      before.filter(token => token === ')').length
    );
  }

  #selections(): Selection[] {
    const selections: Selection[] = [];
    this.#expect('{');
    while (!this.#take('}')) {
      selections.push(this.#selection());
    }
    return selections;
  }

  #selection(): Selection {
    const alias = this.#next();
    const name = this.#take(':') ? this.#next() : alias;
    const given: JsonObject = this.#take('(') ? this.#fields(')') : {};
    const isNested = this.#tokens[this.#index] === '{';
    return {
      alias,
      name,
      arguments: given,
      selections: isNested ? this.#selections() : [],
    };
  }

  #fields(end: string): JsonObject {
    const fields: [string, Json][] = [];
    while (!this.#take(end)) {
      const name = this.#next();
      this.#expect(':');
      fields.push([name, this.#value()]);
    }
    return Object.fromEntries(fields);
  }

  #value(): Json {
    const token = this.#next();
    if (token === '{') {
      return this.#fields('}');
    }
    if (token === '[') {
      const values: Json[] = [];
      while (!this.#take(']')) {
        values.push(this.#value());
      }
      return values;
    }
    if (token === '$') {
      return this.#variables[this.#next()] ?? null;
    }
    try {
      return JSON.parse(token);
    } catch {
      return token;
    }
  }

  #next(): string {
    const token = this.#tokens[this.#index];
    if (token === undefined) {
      throw new Error('The query ends too early');
    }
    this.#index += 1;
    return token;
  }

  #take(token: string): boolean {
    const isNext = this.#tokens[this.#index] === token;
    this.#index += isNext ? 1 : 0;
    return isNext;
  }

  #expect(token: string): void {
    if (!this.#take(token)) {
      throw new Error(
        `Expected ${token} in the query instead of ${
          this.#tokens[this.#index]
        }`,
      );
    }
  }
}

/** Reads a GraphQL query, as far as the Data Index needs it. Throws for what is none. */
export function parseQuery(
  text: string,
  variables: JsonObject = {},
): Selection[] {
  return new QueryReader(text, variables).query();
}
