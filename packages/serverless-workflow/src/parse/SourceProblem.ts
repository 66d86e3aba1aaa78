/** How bad a finding is: an error keeps a workflow from being deployed. @public */
export type ProblemSeverity = 'error' | 'warning' | 'info';

/**
 * Something that is wrong with a definition, at a place in its structure.
 * @public
 */
export interface Finding {
  severity: ProblemSeverity;
  /** Stable and short, e.g. `transition-unknown-state`. */
  code: string;
  message: string;
  /** JSON Pointer of the place, e.g. `/states/0/transition`; empty for the whole definition. */
  path: string;
}

/**
 * A finding with its place in the text.
 * @public
 */
export interface SourceProblem extends Finding, SourceRange {
  /** The line of the text. */
  excerpt: string;
  fileName?: string;
}

/** A piece of a text; lines and columns are one-based, the end is exclusive. @public */
export interface SourceRange {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}
