import {
  Condition,
  JsonPath,
  JsonPathStep,
  JsonPathSyntaxError,
  Operand,
} from './JsonPath';

const maxNesting = 100;
const operators = [
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  '=~',
  'in',
  'nin',
  'subsetof',
  'anyof',
  'noneof',
  'contains',
  'size',
  'empty',
];
const functions = new Set([
  'length',
  'size',
  'min',
  'max',
  'avg',
  'sum',
  'stddev',
  'keys',
  'first',
  'last',
]);

/** Reads paths as the JSONPath library of SonataFlow (Jayway's) does. */
export class JsonPathParser {
  readonly #text: string;
  #position = 0;
  #nesting = 0;

  private constructor(text: string) {
    this.#text = text;
  }

  /** @throws JsonPathSyntaxError */
  static parse(text: string): JsonPath {
    const trimmed = text.trim();
    const isRooted = /^[$@]/.test(trimmed);
    const parser = new JsonPathParser(isRooted ? trimmed : `$.${trimmed}`);
    const path = parser.#path();
    if (parser.#position < parser.#text.length) {
      throw parser.#error('Unexpected character');
    }
    return path;
  }

  #error(message: string): JsonPathSyntaxError {
    return new JsonPathSyntaxError(
      `${message} at position ${this.#position}`,
      this.#position,
    );
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match) {
      this.#position = pattern.lastIndex;
    }
    return match ?? undefined;
  }

  #skip(text: string): boolean {
    const isHere = this.#text.startsWith(text, this.#position);
    if (isHere) {
      this.#position += text.length;
    }
    return isHere;
  }

  #skipBlanks() {
    this.#match(/\s*/y);
  }

  #expect(text: string) {
    if (!this.#skip(text)) {
      throw this.#error(`Expected ${text}`);
    }
  }

  #path(): JsonPath {
    const root = this.#match(/[$@]/y);
    if (!root) {
      throw this.#error('Expected $ or @');
    }
    const steps: JsonPathStep[] = [];
    for (let step = this.#step(); step; step = this.#step()) {
      steps.push(...step);
    }
    if (steps[steps.length - 1]?.kind === 'scan') {
      throw this.#error('A path must not end with ..');
    }
    return { isAbsolute: root[0] === '$', steps };
  }

  #step(): JsonPathStep[] | undefined {
    if (this.#skip('..')) {
      const isBracket = this.#text[this.#position] === '[';
      return isBracket
        ? [{ kind: 'scan' }]
        : [{ kind: 'scan' }, this.#dotStep()];
    }
    if (this.#skip('.')) {
      return this.#text[this.#position] === '[' ? [] : [this.#dotStep()];
    }
    return this.#skip('[') ? [this.#bracketStep()] : undefined;
  }

  #dotStep(): JsonPathStep {
    if (this.#skip('*')) {
      return { kind: 'wildcard' };
    }
    // Inside a filter a name ends where an operator begins.
    const name = this.#match(
      this.#nesting > 0 ? /[^.[\]()\s=!<>&|,]+/y : /[^.[\]()\s]+/y,
    )?.[0];
    if (name === undefined) {
      throw this.#error('Expected a name');
    }
    if (!this.#skip('(')) {
      return { kind: 'property', names: [name] };
    }
    this.#skipBlanks();
    this.#expect(')');
    if (!functions.has(name)) {
      throw this.#error(`Function ${name} does not exist`);
    }
    return { kind: 'function', name };
  }

  #bracketStep(): JsonPathStep {
    this.#skipBlanks();
    const step = this.#insideBrackets();
    this.#skipBlanks();
    this.#expect(']');
    return step;
  }

  #insideBrackets(): JsonPathStep {
    if (this.#skip('*')) {
      return { kind: 'wildcard' };
    }
    if (this.#skip('?')) {
      this.#skipBlanks();
      this.#expect('(');
      const condition = this.#nested(() => this.#or());
      this.#skipBlanks();
      this.#expect(')');
      return { kind: 'filter', condition };
    }
    const next = this.#text[this.#position];
    return next === "'" || next === '"' ? this.#names() : this.#numbers();
  }

  #nested<T>(parse: () => T): T {
    this.#nesting++;
    if (this.#nesting > maxNesting) {
      throw this.#error('Nested too deeply');
    }
    const result = parse();
    this.#nesting--;
    return result;
  }

  #names(): JsonPathStep {
    const names: string[] = [];
    do {
      this.#skipBlanks();
      names.push(this.#quoted());
      this.#skipBlanks();
    } while (this.#skip(','));
    return { kind: 'property', names };
  }

  #quoted(): string {
    const match =
      this.#match(/'((?:[^'\\]|\\[^])*)'/y) ??
      this.#match(/"((?:[^"\\]|\\[^])*)"/y);
    if (!match) {
      throw this.#error('Expected a quoted name');
    }
    return match[1].replace(/\\([^])/g, '$1');
  }

  #numbers(): JsonPathStep {
    const slice = this.#match(/\s*(-?\d+)?\s*:\s*(-?\d+)?/y);
    if (slice) {
      const [, from, to] = slice;
      return {
        kind: 'slice',
        from: from === undefined ? undefined : Number(from),
        to: to === undefined ? undefined : Number(to),
      };
    }
    const list = this.#match(/-?\d+(?:\s*,\s*-?\d+)*/y);
    if (!list) {
      throw this.#error('Expected a name, a number or *');
    }
    return { kind: 'index', indexes: list[0].split(',').map(Number) };
  }

  #or(): Condition {
    let left = this.#and();
    for (;;) {
      this.#skipBlanks();
      if (!this.#skip('||')) {
        return left;
      }
      left = { kind: 'or', left, right: this.#and() };
    }
  }

  #and(): Condition {
    let left = this.#condition();
    for (;;) {
      this.#skipBlanks();
      if (!this.#skip('&&')) {
        return left;
      }
      left = { kind: 'and', left, right: this.#condition() };
    }
  }

  #condition(): Condition {
    this.#skipBlanks();
    if (this.#skip('!')) {
      return { kind: 'not', condition: this.#nested(() => this.#condition()) };
    }
    if (this.#skip('(')) {
      const condition = this.#nested(() => this.#or());
      this.#skipBlanks();
      this.#expect(')');
      return condition;
    }
    return this.#comparison();
  }

  #comparison(): Condition {
    const left = this.#operand();
    this.#skipBlanks();
    const operator = operators.find(candidate => this.#isOperator(candidate));
    if (operator === undefined) {
      if (left.kind !== 'path') {
        throw this.#error('Expected an operator');
      }
      return { kind: 'exists', path: left.path };
    }
    this.#position += operator.length;
    return { kind: 'comparison', operator, left, right: this.#operand() };
  }

  #isOperator(operator: string): boolean {
    const end = this.#position + operator.length;
    const found = this.#text.slice(this.#position, end);
    return (
      found.toLowerCase() === operator &&
      (/\W/.test(operator) || !/\w/.test(this.#text[end] ?? ''))
    );
  }

  #operand(): Operand {
    this.#skipBlanks();
    const next = this.#text[this.#position];
    if (next === '$' || next === '@') {
      return { kind: 'path', path: this.#nested(() => this.#path()) };
    }
    const pattern = this.#match(/\/((?:[^/\\]|\\[^])*)\/([a-zA-Z]*)/y);
    if (pattern) {
      return {
        kind: 'pattern',
        source: pattern[1],
        ignoresCase: pattern[2].includes('i'),
      };
    }
    return { kind: 'value', value: this.#literal() };
  }

  #literal(): unknown {
    const next = this.#text[this.#position];
    if (next === "'" || next === '"') {
      return this.#quoted();
    }
    const word = this.#match(
      /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y,
    );
    if (word) {
      return JSON.parse(word[0]);
    }
    if (this.#skip('[')) {
      return this.#nested(() => this.#list());
    }
    throw this.#error('Expected a value');
  }

  #list(): unknown[] {
    const values: unknown[] = [];
    this.#skipBlanks();
    if (this.#skip(']')) {
      return values;
    }
    do {
      this.#skipBlanks();
      values.push(this.#literal());
      this.#skipBlanks();
    } while (this.#skip(','));
    this.#expect(']');
    return values;
  }
}
