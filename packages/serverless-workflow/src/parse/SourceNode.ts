/** Where something stands in a text; offsets count UTF-16 units. */
export interface SourceSpan {
  start: number;
  end: number;
}

/** A field of an object. */
export interface SourceField {
  key: string;
  keySpan: SourceSpan;
  value: SourceNode;
}

/**
 * A value of a JSON or YAML text with its place. Scalars keep how they were written, since
 * `version: 1.0` means the text "1.0".
 */
export type SourceNode =
  | { kind: 'object'; fields: SourceField[]; span: SourceSpan }
  | { kind: 'list'; items: SourceNode[]; span: SourceSpan }
  | {
      kind: 'scalar';
      value: string | number | boolean | null;
      written: string;
      span: SourceSpan;
    };

/** A reason why a text can't be read, or can only be read with a doubt. */
export interface SyntaxProblem {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  offset: number;
}

/** What a reader makes of a text: a tree when there is no error among the problems. */
export interface SyntaxResult {
  root?: SourceNode;
  problems: SyntaxProblem[];
}
