import {
  Alias,
  Composer,
  CST,
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Node,
  Pair,
  Parser,
  YAMLMap,
  YAMLParseError,
} from 'yaml';
import { SourceLimits } from './SourceLimits';
import {
  SourceField,
  SourceNode,
  SourceSpan,
  SyntaxProblem,
  SyntaxResult,
} from './SourceNode';
import {
  duplicateKey,
  tooDeep,
  tooMany,
  tooManyReferences,
} from './syntaxProblems';

/** Punctuation, space and line breaks are tokens, too; real definitions have about six a value. */
const TOKENS_PER_VALUE = 10;

const nothingButComments = {
  code: 'empty',
  message: 'The file holds nothing but comments.',
};

/**
 * Refuses what takes the YAML library very long, before it starts: it is quadratic in the number
 * of anchors and tags of one value. The lexer itself is linear.
 */
function checkTokens(
  text: string,
  limits: SourceLimits,
): SyntaxProblem | undefined {
  let references = 0;
  let brackets = 0;
  let indicators = 0;
  let tokens = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (/^[&*!]/.test(token)) references += 1;
    else if (token === '[' || token === '{') brackets += 1;
    else if (token === ']' || token === '}') brackets -= 1;
    else if (token === '-' || token === '?') indicators += 1;
    else if (token.includes('\n')) indicators = 0;
    if (references > limits.references) {
      return problem(tooManyReferences(limits), offset);
    }
    if (brackets > limits.depth || indicators > limits.depth) {
      return problem(tooDeep(limits), offset);
    }
    if (tokens > TOKENS_PER_VALUE * limits.values) {
      return problem(tooMany(limits), offset);
    }
    offset += token.length;
  }
  return undefined;
}

/** Level by level instead of recursively, since deep trees are what it looks for. */
function isTooDeep(tokens: CST.Token[], depth: number): boolean {
  let level: object[] = tokens;
  // An entry of a collection takes two levels of the library's tree: the entry and its value.
  for (let steps = 0; level.length > 0; steps += 1) {
    if (steps > 2 * depth + 4) return true;
    const next: object[] = [];
    for (const token of level) addChildren(token, next);
    level = next;
  }
  return false;
}

function addChildren(token: object, children: object[]): void {
  for (const field of ['items', 'value', 'key']) {
    const child: unknown = Reflect.get(token, field);
    if (Array.isArray(child)) for (const item of child) children.push(item);
    else if (child && typeof child === 'object') children.push(child);
  }
}

function problem(
  what: { code: string; message: string },
  offset: number,
): SyntaxProblem {
  return { severity: 'error', offset, ...what };
}

class YamlReader {
  readonly #problems: SyntaxProblem[] = [];
  readonly #anchors = new Map<string, Node>();
  readonly #text: string;
  readonly #limits: SourceLimits;
  #values = 0;
  #stopped = false;

  constructor(text: string, limits: SourceLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  read(documents: Document.Parsed[]): SyntaxResult {
    const [document, second] = documents;
    if (!document?.contents && !document?.errors.length) {
      return { problems: [problem(nothingButComments, 0)] };
    }
    // What the library says after the first error is mostly about the same mistake.
    for (const error of document.errors.slice(0, 1)) {
      this.#problems.push(syntaxProblem(error));
    }
    if (second) {
      const what = {
        code: 'several-documents',
        message: 'A file holds one workflow; here begins a second document.',
      };
      this.#problems.push(problem(what, second.range[0]));
    }
    if (this.#problems.length > 0) return { problems: this.#problems };
    const root = this.#node(document.contents, 0);
    return this.#stopped
      ? { problems: this.#problems }
      : { root, problems: this.#problems };
  }

  #node(node: unknown, depth: number): SourceNode {
    const span = this.#span(node);
    this.#values += 1;
    if (depth > this.#limits.depth) this.#stop(tooDeep(this.#limits), span);
    if (this.#values > this.#limits.values) {
      this.#stop(tooMany(this.#limits), span);
    }
    if (this.#stopped) return nothing(span);
    if (isAlias(node)) return this.#alias(node, depth, span);
    if (isScalar(node) || isMap(node) || isSeq(node)) {
      if (node.anchor) this.#anchors.set(node.anchor, node);
    }
    if (isMap(node)) return this.#object(node, depth, span);
    if (isSeq(node)) {
      const items = node.items.map(item => this.#node(item, depth + 1));
      return { kind: 'list', items, span };
    }
    return isScalar(node)
      ? scalar(node.value, node.source, span)
      : nothing(span);
  }

  #object(
    node: YAMLMap<unknown, unknown>,
    depth: number,
    span: SourceSpan,
  ): SourceNode {
    const fields: SourceField[] = [];
    const keys = new Set<string>();
    for (const pair of node.items) {
      const field = this.#field(pair, depth, span);
      if (keys.has(field.key)) {
        this.#problems.push(duplicateKey(field.key, field.keySpan.start));
      }
      keys.add(field.key);
      fields.push(field);
    }
    return { kind: 'object', fields, span };
  }

  #field(
    pair: Pair<unknown, unknown>,
    depth: number,
    place: SourceSpan,
  ): SourceField {
    const key = this.#node(pair.key, depth + 1);
    const keySpan = pair.key ? key.span : place;
    const value = pair.value
      ? this.#node(pair.value, depth + 1)
      : nothing(keySpan);
    if (key.kind !== 'scalar') {
      const what = { code: 'syntax', message: 'A name has to be a text.' };
      this.#problems.push(problem(what, keySpan.start));
      return { key: '', keySpan, value };
    }
    return { key: key.written, keySpan, value };
  }

  /** Jackson, which SonataFlow reads YAML with, gives the name of the anchor instead. */
  #alias(alias: Alias, depth: number, span: SourceSpan): SourceNode {
    const target = this.#anchors.get(alias.source);
    if (!target) {
      const what = {
        code: 'syntax',
        message: `No anchor &${alias.source} stands above.`,
      };
      this.#problems.push(problem(what, span.start));
      return nothing(span);
    }
    this.#problems.push({
      severity: 'warning',
      code: 'yaml-alias',
      message: `SonataFlow does not resolve YAML aliases: it reads the text "${alias.source}" here. Write the value out.`,
      offset: span.start,
    });
    return this.#node(target, depth + 1);
  }

  #stop(what: { code: string; message: string }, span: SourceSpan): void {
    if (!this.#stopped) this.#problems.push(problem(what, span.start));
    this.#stopped = true;
  }

  /** Without the line breaks that the library counts to a block. */
  #span(node: unknown): SourceSpan {
    const range =
      isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)
        ? node.range
        : undefined;
    if (!range) return { start: 0, end: 0 };
    let end = range[1];
    while (end > range[0] && /\s/.test(this.#text[end - 1])) end -= 1;
    return { start: range[0], end };
  }
}

function scalar(
  value: unknown,
  source: string | undefined,
  span: SourceSpan,
): SourceNode {
  switch (typeof value) {
    case 'string':
      return { kind: 'scalar', value, written: value, span };
    case 'number':
      return Number.isFinite(value)
        ? { kind: 'scalar', value, written: source ?? String(value), span }
        : { kind: 'scalar', value: source ?? '', written: source ?? '', span };
    case 'boolean':
      return { kind: 'scalar', value, written: source ?? String(value), span };
    case 'bigint':
      return {
        kind: 'scalar',
        value: Number(value),
        written: `${value}`,
        span,
      };
    default:
      return nothing(span);
  }
}

function nothing(span: SourceSpan): SourceNode {
  return { kind: 'scalar', value: null, written: '', span };
}

function syntaxProblem(error: YAMLParseError): SyntaxProblem {
  const message = error.message
    .replace(/\.$/, '')
    .replace(/["']quote/, 'quote');
  return problem({ code: 'syntax', message: `${message}.` }, error.pos[0]);
}

/** Reads YAML 1.2, keeping the place of each value. Never throws. */
export function readYaml(text: string, limits: SourceLimits): SyntaxResult {
  const refused = checkTokens(text, limits);
  if (refused) return { problems: [refused] };
  const tokens = [...new Parser().parse(text)];
  if (isTooDeep(tokens, limits.depth)) {
    return { problems: [problem(tooDeep(limits), 0)] };
  }
  const documents = [
    ...new Composer({
      uniqueKeys: false,
      merge: false,
      version: '1.2',
    }).compose(tokens),
  ];
  return new YamlReader(text, limits).read(documents);
}
