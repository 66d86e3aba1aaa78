import { JqSyntaxError } from '../errors';
import {
  Ast,
  Pattern,
  PatternEntry,
  FunctionDefinition,
  ObjectEntry,
  FunctionParameter,
} from './Ast';
import { Lexer, LexerOptions } from './Lexer';
import { keywords, Token } from './Token';

const maxNesting = 1000;

const constants: Readonly<Record<string, boolean | null>> = {
  true: true,
  false: false,
  null: null,
};

/**
 * What both dialects share: tokens with one of look-ahead, and the parts of the grammar that are the
 * same in both.
 */
export abstract class Parser {
  protected lexer: Lexer;
  protected token: Token;
  #nesting = 0;

  constructor(source: string, options: LexerOptions = {}) {
    this.lexer = new Lexer(
      source,
      lexer => this.#parseInterpolation(lexer),
      options,
    );
    this.token = { kind: 'end', offset: 0, end: 0 };
  }

  /** Everything from one end of the text to the other. */
  parseProgram(): Ast {
    this.advance();
    const program = this.parseQuery();
    if (this.token.kind !== 'end') {
      throw this.unexpected();
    }
    return program;
  }

  /** With pipes and commas. */
  protected abstract parseQuery(): Ast;
  /** The value in `{name: value}`. */
  protected abstract parseObjectValue(): Ast;

  protected advance(): Token {
    const token = this.token;
    this.token = this.lexer.next();
    return token;
  }

  protected isSymbol(text: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === text;
  }

  protected isString(): boolean {
    return this.token.kind === 'string';
  }

  protected isKeyword(text: string): boolean {
    return this.token.kind === 'name' && this.token.text === text;
  }

  protected skipSymbol(text: string): boolean {
    const found = this.isSymbol(text);
    if (found) {
      this.advance();
    }
    return found;
  }

  protected skipKeyword(text: string): boolean {
    const found = this.isKeyword(text);
    if (found) {
      this.advance();
    }
    return found;
  }

  protected expectSymbol(text: string) {
    if (!this.skipSymbol(text)) {
      throw this.unexpected(text);
    }
  }

  protected expectKeyword(text: string) {
    if (!this.skipKeyword(text)) {
      throw this.unexpected(text);
    }
  }

  protected expectVariable(): string {
    if (this.token.kind !== 'variable') {
      throw this.unexpected('a variable');
    }
    const { text } = this.token;
    this.advance();
    return text;
  }

  protected expectName(): string {
    if (this.token.kind !== 'name' || keywords.has(this.token.text)) {
      throw this.unexpected('a name');
    }
    const { text } = this.token;
    this.advance();
    return text;
  }

  protected unexpected(expected?: string): JqSyntaxError {
    const found = describe(this.token);
    return new JqSyntaxError(
      expected === undefined
        ? `Unexpected ${found}`
        : `Unexpected ${found}, expected ${expected}`,
      this.token.offset,
    );
  }

  /** Guards everything that calls itself, so that deeply nested text is an error of the text. */
  protected nested<T>(parse: () => T): T {
    this.#nesting++;
    if (this.#nesting > maxNesting) {
      throw new JqSyntaxError('Nested too deeply', this.token.offset);
    }
    const result = parse();
    this.#nesting--;
    return result;
  }

  #parseInterpolation(lexer: Lexer): Ast {
    const outer = this.token;
    this.token = lexer.next();
    const body = this.nested(() => this.parseQuery());
    if (!this.isSymbol(')')) {
      throw this.unexpected(')');
    }
    lexer.rewind(this.token.end);
    this.token = outer;
    return body;
  }

  /**
   * What `?` makes of a term: right after an access it forgives only what that access can't do,
   * elsewhere it silences all failures.
   */
  protected forgiving(term: Ast): Ast {
    const isAccess =
      term.kind === 'index' || term.kind === 'slice' || term.kind === 'iterate';
    return isAccess && !term.isOptional
      ? { ...term, isOptional: true }
      : { kind: 'try', body: term, offset: term.offset };
  }

  protected parseDefinition(): FunctionDefinition {
    this.expectKeyword('def');
    const name = this.expectName();
    const parameters: FunctionParameter[] = [];
    if (this.skipSymbol('(')) {
      do {
        parameters.push(this.parseParameter());
      } while (this.skipSymbol(';'));
      this.expectSymbol(')');
    }
    this.expectSymbol(':');
    const body = this.nested(() => this.parseQuery());
    this.expectSymbol(';');
    return { name, parameters, body };
  }

  protected parseParameter(): FunctionParameter {
    return this.token.kind === 'variable'
      ? { name: this.expectVariable(), isVariable: true }
      : { name: this.expectName(), isVariable: false };
  }

  protected parseCall(): Ast {
    const { offset } = this.token;
    const name = this.expectName();
    const args: Ast[] = [];
    if (this.skipSymbol('(')) {
      do {
        args.push(this.nested(() => this.parseQuery()));
      } while (this.skipSymbol(';'));
      this.expectSymbol(')');
    }
    if (args.length === 0 && Object.hasOwn(constants, name)) {
      return { kind: 'literal', value: constants[name], offset };
    }
    return { kind: 'call', name, arguments: args, offset };
  }

  protected parseArray(): Ast {
    const { offset } = this.advance();
    if (this.skipSymbol(']')) {
      return { kind: 'array', offset };
    }
    const body = this.nested(() => this.parseQuery());
    this.expectSymbol(']');
    return { kind: 'array', body, offset };
  }

  /** A string token, with the format before it if there is one. */
  protected parseString(format?: string): Ast {
    if (this.token.kind !== 'string') {
      throw this.unexpected('a string');
    }
    const { parts, offset } = this.token;
    this.advance();
    if (parts.length === 1 && typeof parts[0] === 'string') {
      return { kind: 'literal', value: parts[0], offset };
    }
    return { kind: 'string', format, parts, offset };
  }

  protected parseFormatOrString(): Ast {
    if (this.token.kind !== 'format') {
      return this.parseString();
    }
    const { text, offset } = this.token;
    this.advance();
    return this.isString()
      ? this.parseString(text)
      : { kind: 'format', name: text, offset };
  }

  protected parseObject(): Ast {
    const { offset } = this.advance();
    const entries: ObjectEntry[] = [];
    if (!this.skipSymbol('}')) {
      do {
        entries.push(this.nested(() => this.parseObjectEntry()));
      } while (this.skipSymbol(','));
      this.expectSymbol('}');
    }
    return { kind: 'object', entries, offset };
  }

  /** What `{name}` takes from the input. */
  protected sameNamedField(key: Ast, offset: number): Ast {
    return { kind: 'index', target: { kind: 'identity', offset }, key, offset };
  }

  protected parseObjectEntry(): ObjectEntry {
    const { offset } = this.token;
    if (this.token.kind === 'variable') {
      return this.parseVariableEntry();
    }
    const isComputed = this.isSymbol('(');
    const key = this.parseObjectKey();
    if (this.skipSymbol(':')) {
      return { key, value: this.parseObjectValue() };
    }
    if (isComputed) {
      throw this.unexpected(':');
    }
    return { key, value: this.sameNamedField(key, offset) };
  }

  /** `{$name}`, or `{$name: value}` where the key is the value of the variable. */
  protected parseVariableEntry(): ObjectEntry {
    const { offset } = this.token;
    const name = this.expectVariable();
    const variable: Ast =
      name === '__loc__'
        ? { kind: 'location', line: this.lexer.lineAt(offset), offset }
        : { kind: 'variable', name, offset };
    return this.skipSymbol(':')
      ? { key: variable, value: this.parseObjectValue() }
      : { key: { kind: 'literal', value: name, offset }, value: variable };
  }

  protected parseObjectKey(): Ast {
    const { offset } = this.token;
    if (this.token.kind === 'name') {
      const { text } = this.token;
      this.advance();
      return { kind: 'literal', value: text, offset };
    }
    if (this.skipSymbol('(')) {
      const key = this.parseQuery();
      this.expectSymbol(')');
      return checkedKey(key);
    }
    const key = this.parseFormatOrString();
    if (key.kind === 'format') {
      throw this.unexpected('a string');
    }
    return key;
  }

  protected parsePattern(): Pattern {
    if (this.token.kind === 'variable') {
      return { kind: 'variable', name: this.expectVariable() };
    }
    return this.nested(() =>
      this.isSymbol('[') ? this.parseArrayPattern() : this.parseObjectPattern(),
    );
  }

  protected parseArrayPattern(): Pattern {
    this.expectSymbol('[');
    const elements: Pattern[] = [];
    do {
      elements.push(this.parsePattern());
    } while (this.skipSymbol(','));
    this.expectSymbol(']');
    return { kind: 'array', elements };
  }

  protected parseObjectPattern(): Pattern {
    this.expectSymbol('{');
    const entries: PatternEntry[] = [];
    do {
      entries.push(this.parsePatternEntry());
    } while (this.skipSymbol(','));
    this.expectSymbol('}');
    return { kind: 'object', entries };
  }

  protected parsePatternEntry(): PatternEntry {
    const { offset } = this.token;
    if (this.token.kind === 'variable') {
      const variable = this.expectVariable();
      const pattern = this.skipSymbol(':') ? this.parsePattern() : undefined;
      const key: Ast = { kind: 'literal', value: variable, offset };
      return { key, variable, pattern };
    }
    const key = this.parseObjectKey();
    this.expectSymbol(':');
    return { key, pattern: this.parsePattern() };
  }
}

function describe(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'end of the text';
    case 'string':
      return 'string';
    case 'number':
      return `number ${token.value}`;
    case 'field':
      return `.${token.text}`;
    case 'variable':
      return `$${token.text}`;
    case 'format':
      return `@${token.text}`;
    default:
      return token.text;
  }
}

function checkedKey(key: Ast): Ast {
  if (key.kind === 'literal' && typeof key.value !== 'string') {
    throw new JqSyntaxError(
      `Cannot use ${JSON.stringify(key.value)} as object key`,
      key.offset,
    );
  }
  return key;
}
