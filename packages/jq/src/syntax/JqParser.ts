import {
  ArithmeticOperator,
  AssignmentOperator,
  Ast,
  ComparisonOperator,
  Pattern,
} from './Ast';
import { Parser } from './Parser';
import { keywords } from './Token';

/** How tightly each operator binds; a higher number binds tighter. */
const precedences: Readonly<Record<string, number>> = {
  '//': 1,
  '=': 2,
  '|=': 2,
  '+=': 2,
  '-=': 2,
  '*=': 2,
  '/=': 2,
  '%=': 2,
  '//=': 2,
  or: 3,
  and: 4,
  '==': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
};
const rightAssociative = new Set([1]);
const notAssociative = new Set([2, 5]);

/** The grammar of jq 1.8 without modules. */
export class JqParser extends Parser {
  protected parseQuery(): Ast {
    return this.nested(() => this.#parsePipe());
  }

  protected parseObjectValue(): Ast {
    const { offset } = this.token;
    const left = this.#parseExpression();
    if (!this.skipSymbol('|')) {
      return left;
    }
    return {
      kind: 'pipe',
      left,
      right: this.nested(() => this.parseObjectValue()),
      offset,
    };
  }

  /** A chain of pipes is collected first, so that a long one needs no deep recursion to parse. */
  #parsePipe(): Ast {
    const stages: Ast[] = [];
    do {
      stages.push(this.#parseComma());
    } while (this.skipSymbol('|'));
    return stages.reduceRight((right, left) => ({
      kind: 'pipe',
      left,
      right,
      offset: left.offset,
    }));
  }

  #parseComma(): Ast {
    let left = this.#parseOperand();
    while (this.isSymbol(',')) {
      this.advance();
      const right = this.#parseOperand();
      left = { kind: 'comma', left, right, offset: left.offset };
    }
    return left;
  }

  /** Definitions, labels and bindings reach to the end of the query that they are in. */
  #parseOperand(): Ast {
    const { offset } = this.token;
    if (this.isKeyword('def')) {
      const definition = this.parseDefinition();
      return { kind: 'define', definition, body: this.parseQuery(), offset };
    }
    if (this.skipKeyword('label')) {
      const name = this.expectVariable();
      this.expectSymbol('|');
      return { kind: 'label', name, body: this.parseQuery(), offset };
    }
    const source = this.#parseExpression();
    if (!this.skipKeyword('as')) {
      return source;
    }
    const patterns = this.#parsePatterns();
    this.expectSymbol('|');
    return { kind: 'bind', source, patterns, body: this.parseQuery(), offset };
  }

  #parsePatterns(): Pattern[] {
    const patterns: Pattern[] = [];
    do {
      patterns.push(this.parsePattern());
    } while (this.skipSymbol('?//'));
    return patterns;
  }

  #parseExpression(minPrecedence = 1): Ast {
    let left = this.#parseUnary();
    for (;;) {
      const operator = this.#operator();
      const precedence = operator === undefined ? 0 : precedences[operator];
      if (operator === undefined || precedence < minPrecedence) {
        return left;
      }
      this.advance();
      const right = this.nested(() =>
        this.#parseExpression(
          rightAssociative.has(precedence) ? precedence : precedence + 1,
        ),
      );
      left = combine(operator, left, right);
      const following = this.#operator();
      if (
        notAssociative.has(precedence) &&
        following !== undefined &&
        precedences[following] === precedence
      ) {
        throw this.unexpected();
      }
    }
  }

  #operator(): string | undefined {
    const { token } = this;
    const isOperator =
      (token.kind === 'symbol' || token.kind === 'name') &&
      Object.hasOwn(precedences, token.text);
    return isOperator ? token.text : undefined;
  }

  #parseUnary(): Ast {
    const { offset } = this.token;
    if (this.skipSymbol('-')) {
      const body = this.nested(() => this.#parseUnary());
      return { kind: 'negate', body, offset };
    }
    return this.#parsePostfix();
  }

  #parsePostfix(): Ast {
    let term = this.#parseTerm();
    for (;;) {
      const suffixed = this.#parseSuffix(term);
      if (!suffixed) {
        return term;
      }
      term = suffixed;
    }
  }

  #parseSuffix(target: Ast): Ast | undefined {
    const { offset } = target;
    if (this.token.kind === 'field') {
      const { text, offset: keyOffset } = this.token;
      this.advance();
      const key: Ast = { kind: 'literal', value: text, offset: keyOffset };
      return { kind: 'index', target, key, offset };
    }
    if (this.isSymbol('?//')) {
      // After a term this is `?` and `//`; only between patterns is it one token.
      this.lexer.rewind(this.token.offset + 1);
      this.advance();
      return this.forgiving(target);
    }
    if (this.skipSymbol('?')) {
      return this.forgiving(target);
    }
    if (this.isSymbol('[')) {
      return this.#parseBrackets(target);
    }
    if (this.skipSymbol('.')) {
      if (this.isSymbol('[')) {
        return this.#parseBrackets(target);
      }
      return { kind: 'index', target, key: this.#parseQuotedKey(), offset };
    }
    return undefined;
  }

  #parseQuotedKey(): Ast {
    const key = this.parseFormatOrString();
    if (key.kind === 'format') {
      throw this.unexpected('a string');
    }
    return key;
  }

  #parseBrackets(target: Ast): Ast {
    const { offset } = target;
    this.expectSymbol('[');
    if (this.skipSymbol(']')) {
      return { kind: 'iterate', target, offset };
    }
    if (this.skipSymbol(':')) {
      const to = this.parseQuery();
      this.expectSymbol(']');
      return { kind: 'slice', target, to, offset };
    }
    const from = this.parseQuery();
    if (!this.skipSymbol(':')) {
      this.expectSymbol(']');
      return { kind: 'index', target, key: from, offset };
    }
    const to = this.isSymbol(']') ? undefined : this.parseQuery();
    this.expectSymbol(']');
    return { kind: 'slice', target, from, to, offset };
  }

  #parseTerm(): Ast {
    const { token } = this;
    const { offset } = token;
    switch (token.kind) {
      case 'number':
        this.advance();
        return { kind: 'literal', value: token.value, offset };
      case 'string':
      case 'format':
        return this.parseFormatOrString();
      case 'variable':
        this.advance();
        return token.text === '__loc__'
          ? { kind: 'location', line: this.lexer.lineAt(offset), offset }
          : { kind: 'variable', name: token.text, offset };
      case 'field':
        return this.#parseSuffix({ kind: 'identity', offset }) ?? this.#fail();
      case 'name':
        return this.#parseNamed(token.text);
      case 'symbol':
        return this.#parseSymbolTerm(token.text);
      default:
        return this.#fail();
    }
  }

  #fail(): never {
    throw this.unexpected();
  }

  #parseSymbolTerm(symbol: string): Ast {
    const { offset } = this.token;
    switch (symbol) {
      case '.':
        return this.#parseDot();
      case '..':
        this.advance();
        return { kind: 'recurse', offset };
      case '(': {
        this.advance();
        const body = this.parseQuery();
        this.expectSymbol(')');
        // In parentheses an access is a term like others, also for a `?` after it.
        return { kind: 'group', body, offset };
      }
      case '[':
        return this.parseArray();
      case '{':
        return this.parseObject();
      default:
        return this.#fail();
    }
  }

  #parseDot(): Ast {
    const { offset } = this.advance();
    const identity: Ast = { kind: 'identity', offset };
    if (this.token.kind === 'string' || this.token.kind === 'format') {
      return {
        kind: 'index',
        target: identity,
        key: this.#parseQuotedKey(),
        offset,
      };
    }
    return identity;
  }

  #parseNamed(name: string): Ast {
    switch (name) {
      case 'if':
        return this.#parseIf();
      case 'try':
        return this.#parseTry();
      case 'reduce':
      case 'foreach':
        return this.#parseFold(name);
      case 'break': {
        const { offset } = this.advance();
        return { kind: 'break', name: this.expectVariable(), offset };
      }
      default:
        // `true`, `false` and `null` are names like others, which a program may define anew.
        return keywords.has(name) ? this.#fail() : this.parseCall();
    }
  }

  #parseIf(): Ast {
    const { offset } = this.advance();
    const condition = this.parseQuery();
    this.expectKeyword('then');
    const then = this.parseQuery();
    if (this.isKeyword('elif')) {
      return {
        kind: 'if',
        condition,
        then,
        else: this.nested(() => this.#parseIf()),
        offset,
      };
    }
    const otherwise = this.skipKeyword('else') ? this.parseQuery() : undefined;
    this.expectKeyword('end');
    return { kind: 'if', condition, then, else: otherwise, offset };
  }

  #parseTry(): Ast {
    const { offset } = this.advance();
    const body = this.nested(() => this.#parseUnary());
    const handler = this.skipKeyword('catch')
      ? this.nested(() => this.#parseUnary())
      : undefined;
    return { kind: 'try', body, handler, offset };
  }

  #parseFold(kind: 'reduce' | 'foreach'): Ast {
    const { offset } = this.advance();
    const source = this.nested(() => this.#parseExpression());
    this.expectKeyword('as');
    const pattern = this.#parsePatterns();
    this.expectSymbol('(');
    const init = this.parseQuery();
    this.expectSymbol(';');
    const update = this.parseQuery();
    const extract =
      kind === 'foreach' && this.skipSymbol(';')
        ? this.parseQuery()
        : undefined;
    this.expectSymbol(')');
    return kind === 'reduce'
      ? { kind, source, pattern, init, update, offset }
      : { kind, source, pattern, init, update, extract, offset };
  }
}

const comparisons = new Set<string>(['==', '!=', '<', '<=', '>', '>=']);

/** The tree of a binary operator, which must be one of `precedences`. */
export function combine(operator: string, left: Ast, right: Ast): Ast {
  const { offset } = left;
  if (operator === 'and' || operator === 'or') {
    return { kind: operator, left, right, offset };
  }
  if (operator === '//') {
    return { kind: 'alternative', left, right, offset };
  }
  if (isComparison(operator)) {
    return { kind: 'comparison', operator, left, right, offset };
  }
  if (isArithmetic(operator)) {
    return { kind: 'arithmetic', operator, left, right, offset };
  }
  return {
    kind: 'assignment',
    operator: operator as AssignmentOperator,
    left,
    right,
    offset,
  };
}

function isComparison(operator: string): operator is ComparisonOperator {
  return comparisons.has(operator);
}

function isArithmetic(operator: string): operator is ArithmeticOperator {
  return operator.length === 1 && '+-*/%'.includes(operator);
}
