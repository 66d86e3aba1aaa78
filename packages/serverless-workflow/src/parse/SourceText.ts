import { SourceSpan } from './SourceNode';
import { SourceRange } from './SourceProblem';

const EXCERPT_LENGTH = 160;

/** Turns offsets of a text into lines and columns. */
export class SourceText {
  readonly #text: string;
  readonly #lineStarts: number[];

  constructor(text: string) {
    this.#text = text;
    this.#lineStarts = [0];
    for (
      let at = text.indexOf('\n');
      at !== -1;
      at = text.indexOf('\n', at + 1)
    ) {
      this.#lineStarts.push(at + 1);
    }
  }

  range(span: SourceSpan): SourceRange {
    const start = this.#position(span.start);
    const end = this.#position(Math.max(span.start, span.end));
    return {
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
  }

  /** The line that an offset stands in, cut when it is very long. */
  excerpt(offset: number): string {
    const { line, column } = this.#position(offset);
    const start = this.#lineStarts[line - 1];
    const text = this.#text
      .slice(start, this.#lineStarts[line])
      .replace(/[\r\n]+$/, '');
    if (text.length <= EXCERPT_LENGTH) return text;
    const from = Math.max(0, column - EXCERPT_LENGTH / 2);
    return `…${text.slice(from, from + EXCERPT_LENGTH)}…`;
  }

  #position(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#lineStarts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#lineStarts[low] + 1 };
  }
}
