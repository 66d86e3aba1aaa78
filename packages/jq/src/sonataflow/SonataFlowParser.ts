import { JqSyntaxError } from '../errors';
import { Ast, FunctionDefinition, Pattern } from '../syntax/Ast';
import { combine } from '../syntax/JqParser';
import { Parser } from '../syntax/Parser';
import { keywords } from '../syntax/Token';

/** A lower number binds tighter, as in jackson-jq; `and` and `or` bind alike. */
const precedences: Readonly<Record<string, number>> = {
  '*': 1,
  '/': 1,
  '%': 1,
  '+': 2,
  '-': 2,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '==': 3,
  '!=': 3,
  and: 4,
  or: 4,
  '//': 5,
  '=': 6,
  '|=': 6,
  '//=': 6,
  '+=': 6,
  '-=': 6,
  '*=': 6,
  '/=': 6,
  '%=': 6,
};
const assignment = 6;

/** One stage of a pipe. */
type Stage =
  | { kind: 'value'; expression: Ast }
  | { kind: 'bind'; expression: Ast; pattern: Pattern; offset: number }
  | { kind: 'label'; name: string; offset: number };

const literalNames = new Set(['true', 'false', 'null']);
const maxInteger = BigInt('9223372036854775807');

/** The grammar of jackson-jq 1.0, which differs from jq's in many small ways. */
export class SonataFlowParser extends Parser {
  constructor(source: string) {
    super(source, {
      hasPatternAlternatives: false,
      hasControlsInStrings: false,
    });
  }

  protected parseQuery(): Ast {
    return this.nested(() => this.#parsePipe(() => this.#parseTuple()));
  }

  protected parseObjectValue(): Ast {
    if (this.isSymbol('(')) {
      this.advance();
      const value = this.parseQuery();
      this.expectSymbol(')');
      return value;
    }
    return this.nested(() => this.#parsePipe(() => this.#parseExpression()));
  }

  protected parseVariableEntry() {
    const { offset } = this.token;
    const name = this.expectVariable();
    const key: Ast = { kind: 'literal', value: name, offset };
    return { key, value: { kind: 'variable', name, offset } satisfies Ast };
  }

  /** Unlike `.name` it does not fail where the input is no object. */
  protected sameNamedField(key: Ast, offset: number): Ast {
    return { kind: 'fieldOrNull', key, offset };
  }

  #parsePipe(parseStage: () => Ast): Ast {
    const stages: Stage[] = [];
    do {
      stages.push(this.#parseStage(parseStage));
    } while (this.skipSymbol('|'));
    const last = stages.pop();
    if (last?.kind !== 'value') {
      throw this.unexpected('|');
    }
    return stages.reduceRight<Ast>(toAst, last.expression);
  }

  #parseStage(parseExpression: () => Ast): Stage {
    const { offset } = this.token;
    if (this.skipKeyword('label')) {
      return { kind: 'label', name: this.#expectVariableName(), offset };
    }
    const expression = parseExpression();
    return this.skipKeyword('as')
      ? { kind: 'bind', expression, pattern: this.parsePattern(), offset }
      : { kind: 'value', expression };
  }

  /** Keywords can't be names of variables. */
  #expectVariableName(): string {
    const { offset } = this.token;
    const name = this.expectVariable();
    if (keywords.has(name) || literalNames.has(name)) {
      throw new JqSyntaxError(`Unexpected $${name}`, offset);
    }
    return name;
  }

  #parseTuple(): Ast {
    let left = this.#parseExpression();
    while (this.skipSymbol(',')) {
      const right = this.#parseExpression();
      left = withDefinitions(left, body => ({
        kind: 'comma',
        left: body,
        right,
        offset: body.offset,
      }));
    }
    return left;
  }

  #parseExpression(): Ast {
    const operands = [this.#parsePrimary()];
    const operators: string[] = [];
    for (
      let operator = this.#operator();
      operator !== undefined;
      operator = this.#operator()
    ) {
      this.advance();
      while (isReduced(operators, operator)) {
        reduceTop(operands, operators);
      }
      operators.push(operator);
      operands.push(this.#parsePrimary());
    }
    while (operators.length > 0) {
      reduceTop(operands, operators);
    }
    return operands[0];
  }

  #operator(): string | undefined {
    const { token } = this;
    const isOperator =
      (token.kind === 'symbol' || token.kind === 'name') &&
      Object.hasOwn(precedences, token.text);
    return isOperator ? token.text : undefined;
  }

  #parsePrimary(): Ast {
    return this.nested(() => {
      const definitions: FunctionDefinition[] = [];
      while (this.isKeyword('def')) {
        definitions.push(this.parseDefinition());
      }
      return definitions.reduceRight<Ast>(
        (body, definition) => ({
          kind: 'define',
          definition,
          body,
          offset: body.offset,
        }),
        this.#parsePrimaryTerm(),
      );
    });
  }

  #parsePrimaryTerm(): Ast {
    const { token } = this;
    const { offset } = token;
    if (token.kind === 'symbol') {
      if (this.skipSymbol('-')) {
        return { kind: 'negate', body: this.#parsePrimary(), offset };
      }
      if (this.skipSymbol('..')) {
        return { kind: 'recurse', offset };
      }
    }
    if (token.kind === 'name') {
      switch (token.text) {
        case 'if':
          return this.#parseIf();
        case 'reduce':
        case 'foreach':
          return this.#parseFold(token.text);
        case 'try':
          return this.#parseTry();
        case 'break':
          this.advance();
          return { kind: 'break', name: this.#expectVariableName(), offset };
        default:
      }
    }
    return this.#parseSuffixes(this.#parseTerm());
  }

  #parseTerm(): Ast {
    const { token } = this;
    const { offset } = token;
    switch (token.kind) {
      case 'number':
        return this.#parseNumber(token.value, token.text);
      case 'string':
      case 'format':
        return this.parseFormatOrString();
      case 'variable':
        return { kind: 'variable', name: this.#expectVariableName(), offset };
      case 'field':
        return this.#parseField({ kind: 'identity', offset }, token.text);
      case 'name':
        return this.parseCall();
      case 'symbol':
        return this.#parseSymbolTerm(token.text);
      default:
        throw this.unexpected();
    }
  }

  #parseNumber(value: number, text: string): Ast {
    const { offset } = this.token;
    const isInteger = /^[0-9]+$/.test(text);
    const isValid = isInteger
      ? /^(0|[1-9][0-9]*)$/.test(text) && BigInt(text) <= maxInteger
      : !/\.(?![0-9])|^0[0-9]/.test(text);
    if (!isValid) {
      throw this.unexpected();
    }
    this.advance();
    return { kind: 'literal', value, offset };
  }

  #parseSymbolTerm(symbol: string): Ast {
    const { offset } = this.token;
    switch (symbol) {
      case '.':
        return this.#parseDot();
      case '(': {
        this.advance();
        const body = this.parseQuery();
        this.expectSymbol(')');
        return { kind: 'group', body, offset };
      }
      case '[':
        return this.parseArray();
      case '{':
        return this.parseObject();
      default:
        throw this.unexpected();
    }
  }

  #parseDot(): Ast {
    const { offset } = this.advance();
    const identity: Ast = { kind: 'identity', offset };
    if (this.token.kind === 'string' || this.token.kind === 'format') {
      return this.#parseQuotedField(identity);
    }
    return this.isSymbol('[') ? this.#parseBrackets(identity) : identity;
  }

  #parseField(target: Ast, name: string): Ast {
    const { offset } = this.token;
    this.advance();
    const key: Ast = { kind: 'literal', value: name, offset };
    return this.#forgivable({
      kind: 'index',
      target,
      key,
      offset: target.offset,
    });
  }

  #parseQuotedField(target: Ast): Ast {
    const key = this.parseFormatOrString();
    if (key.kind === 'format') {
      throw this.unexpected('a string');
    }
    return this.#forgivable({
      kind: 'index',
      target,
      key,
      offset: target.offset,
    });
  }

  #forgivable(access: Ast): Ast {
    return this.skipSymbol('?') ? this.forgiving(access) : access;
  }

  /** Accesses in a row, then question marks; nothing may follow a second question mark. */
  #parseSuffixes(term: Ast): Ast {
    let result = term;
    while (this.#isAccess(result)) {
      result = this.#parseAccess(result);
    }
    while (this.skipSymbol('?')) {
      result = { kind: 'try', body: result, offset: result.offset };
    }
    return result;
  }

  /** After a lone dot no further access is allowed; the dot would have taken it. */
  #isAccess(term: Ast): boolean {
    const isStart =
      this.token.kind === 'field' || this.isSymbol('[') || this.isSymbol('.');
    return isStart && term.kind !== 'identity';
  }

  #parseAccess(target: Ast): Ast {
    if (this.token.kind === 'field') {
      return this.#parseField(target, this.token.text);
    }
    if (this.isSymbol('[')) {
      return this.#parseBrackets(target);
    }
    this.expectSymbol('.');
    return this.#parseQuotedField(target);
  }

  #parseBrackets(target: Ast): Ast {
    const { offset } = target;
    this.expectSymbol('[');
    if (this.skipSymbol(']')) {
      return this.#forgivable({ kind: 'iterate', target, offset });
    }
    if (this.skipSymbol(':')) {
      const to = this.parseQuery();
      this.expectSymbol(']');
      return this.#forgivable({ kind: 'slice', target, to, offset });
    }
    const from = this.parseQuery();
    if (this.skipSymbol(']')) {
      return this.#forgivable({ kind: 'index', target, key: from, offset });
    }
    this.expectSymbol(':');
    const to = this.isSymbol(']') ? undefined : this.parseQuery();
    this.expectSymbol(']');
    return this.#forgivable({ kind: 'slice', target, from, to, offset });
  }

  #parseIf(): Ast {
    const { offset } = this.advance();
    const condition = this.parseQuery();
    this.expectKeyword('then');
    const then = this.parseQuery();
    if (this.isKeyword('elif')) {
      const otherwise = this.nested(() => this.#parseIf());
      return { kind: 'if', condition, then, else: otherwise, offset };
    }
    this.expectKeyword('else');
    const otherwise = this.parseQuery();
    this.expectKeyword('end');
    return { kind: 'if', condition, then, else: otherwise, offset };
  }

  /** What is tried reaches as far as it can, pipes and commas included. */
  #parseTry(): Ast {
    const { offset } = this.advance();
    const body = this.parseQuery();
    const handler = this.skipKeyword('catch')
      ? this.#parsePrimary()
      : undefined;
    return { kind: 'try', body, handler, offset };
  }

  #parseFold(kind: 'reduce' | 'foreach'): Ast {
    const { offset } = this.advance();
    const source = this.#parsePrimary();
    this.expectKeyword('as');
    const pattern = [this.parsePattern()];
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

function isReduced(operators: string[], next: string): boolean {
  const top = operators[operators.length - 1];
  return (
    top !== undefined &&
    (precedences[next] > precedences[top] ||
      (precedences[next] === precedences[top] &&
        precedences[next] !== assignment))
  );
}

function reduceTop(operands: Ast[], operators: string[]) {
  const right = operands.pop();
  const left = operands.pop();
  const operator = operators.pop();
  if (left && right && operator !== undefined) {
    operands.push(combine(operator, left, right));
  }
}

/** Functions that the first operand defines are known in what comes after it. */
function withDefinitions(first: Ast, use: (body: Ast) => Ast): Ast {
  return first.kind === 'define'
    ? { ...first, body: withDefinitions(first.body, use) }
    : use(first);
}

function toAst(rest: Ast, stage: Stage): Ast {
  switch (stage.kind) {
    case 'label':
      return {
        kind: 'label',
        name: stage.name,
        body: rest,
        offset: stage.offset,
      };
    case 'bind':
      return withDefinitions(stage.expression, source => ({
        kind: 'bind',
        source,
        patterns: [stage.pattern],
        body: rest,
        offset: stage.offset,
      }));
    default:
      return pipeInto(stage.expression, rest);
  }
}

function pipeInto(left: Ast, right: Ast): Ast {
  return withDefinitions(left, body => ({
    kind: 'pipe',
    left: body,
    right,
    offset: body.offset,
  }));
}
