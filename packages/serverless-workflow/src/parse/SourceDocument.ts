import { SourceNode, SourceSpan, SyntaxProblem } from './SourceNode';
import { readJson } from './readJson';
import { readYaml } from './readYaml';
import { defaultSourceLimits, SourceLimits } from './SourceLimits';
import { Finding, SourceProblem, SourceRange } from './SourceProblem';
import { SourceText } from './SourceText';

/** @public */
export type SourceFormat = 'json' | 'yaml';

/** @public */
export interface SourceOptions {
  /** Taken from the file name or else guessed from the text when not given. */
  format?: SourceFormat;
  /** Told with each problem. */
  fileName?: string;
  limits?: Partial<SourceLimits>;
}

/** A JSON or YAML text, read leniently enough to say where things stand in it. */
export class SourceDocument {
  /** Missing when the text can't be read at all. */
  readonly root: SourceNode | undefined;
  readonly format: SourceFormat;
  readonly problems: SourceProblem[];
  readonly #text: SourceText;
  readonly #fileName: string | undefined;

  /** Never throws: whatever is wrong with the text becomes a problem. */
  static read(text: string, options: SourceOptions = {}): SourceDocument {
    return new SourceDocument(text.replace(/^\uFEFF/, ''), options);
  }

  private constructor(text: string, options: SourceOptions) {
    const limits = { ...defaultSourceLimits, ...options.limits };
    this.format = options.format ?? formatOf(text, options.fileName);
    this.#fileName = options.fileName;
    const refused = refusal(text, limits);
    this.#text = new SourceText(refused ? '' : text);
    const { root, problems } = refused
      ? { root: undefined, problems: [refused] }
      : readAs(this.format, text, limits);
    this.root = root;
    this.problems = problems.map(problem => this.#syntaxProblem(problem));
  }

  /** The place of the value at a JSON Pointer, or of what holds it when there is no such value. */
  locate(path: string): SourceRange | undefined {
    const span = this.#span(path);
    return span && this.#text.range(span);
  }

  /** Adds place and line to a finding. */
  place(finding: Finding): SourceProblem {
    const span = this.#span(finding.path) ?? { start: 0, end: 0 };
    return this.#problem(finding, span);
  }

  #span(path: string): SourceSpan | undefined {
    let node = this.root;
    let span = node?.span;
    for (const token of pointerTokens(path)) {
      const next = node && childOf(node, token);
      if (!next) return span;
      node = next.node;
      span = { start: next.start, end: node.span.end };
    }
    return span;
  }

  #syntaxProblem({ offset, ...problem }: SyntaxProblem): SourceProblem {
    const span = { start: offset, end: offset };
    return this.#problem({ ...problem, path: '' }, span);
  }

  #problem(finding: Finding, span: SourceSpan): SourceProblem {
    return {
      ...finding,
      ...this.#text.range(span),
      excerpt: this.#text.excerpt(span.start),
      ...(this.#fileName === undefined ? {} : { fileName: this.#fileName }),
    };
  }
}

function formatOf(text: string, fileName: string | undefined): SourceFormat {
  if (fileName?.endsWith('.json')) return 'json';
  if (fileName && /\.ya?ml$/.test(fileName)) return 'yaml';
  return /^\s*[{[]/.test(text) ? 'json' : 'yaml';
}

function readAs(format: SourceFormat, text: string, limits: SourceLimits) {
  return format === 'json' ? readJson(text, limits) : readYaml(text, limits);
}

function refusal(
  text: string,
  limits: SourceLimits,
): SyntaxProblem | undefined {
  const refuse = (code: string, message: string): SyntaxProblem => ({
    severity: 'error',
    code,
    message,
    offset: 0,
  });
  // UTF-8 takes at least as many bytes as there are UTF-16 units.
  if (
    text.length > limits.bytes ||
    new TextEncoder().encode(text).length > limits.bytes
  ) {
    return refuse(
      'too-large',
      `The file is larger than ${limits.bytes} bytes.`,
    );
  }
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/.test(text)) {
    return refuse('not-text', 'The file holds binary data instead of text.');
  }
  if (!/\S/.test(text)) return refuse('empty', 'The file is empty.');
  return undefined;
}

function pointerTokens(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map(token => token.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** A field begins at its name, so that a message about it shows the name. */
function childOf(
  node: SourceNode,
  token: string,
): { node: SourceNode; start: number } | undefined {
  if (node.kind === 'object') {
    const field = node.fields.find(({ key }) => key === token);
    return field && { node: field.value, start: field.keySpan.start };
  }
  if (node.kind === 'list') {
    const item = node.items[Number(token)];
    return item && { node: item, start: item.span.start };
  }
  return undefined;
}
