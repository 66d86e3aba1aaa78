/** Whether a code point belongs to a set. */
export type PointTest = (point: number) => boolean;

export type Assertion =
  | 'text start'
  | 'text end'
  | 'text end or last line break'
  | 'line start'
  | 'line end'
  | 'word boundary'
  | 'no word boundary'
  | 'search start';

/** A parsed pattern. */
export type RegexNode =
  | { kind: 'empty' }
  | { kind: 'point'; point: number; ignoresCase: boolean }
  | { kind: 'set'; test: PointTest }
  | { kind: 'assertion'; assertion: Assertion }
  | { kind: 'sequence'; items: RegexNode[] }
  | { kind: 'choice'; options: RegexNode[] }
  | { kind: 'group'; index: number; body: RegexNode }
  | { kind: 'atomic'; body: RegexNode }
  | { kind: 'look'; behind: boolean; negated: boolean; body: RegexNode }
  | { kind: 'reference'; groups: number[]; ignoresCase: boolean }
  /** `\K`: what was matched so far is not part of the match. */
  | { kind: 'keep' }
  | {
      kind: 'repeat';
      body: RegexNode;
      min: number;
      max: number;
      mode: 'greedy' | 'lazy' | 'possessive';
    };

export interface RegexFlags {
  /** `i` */
  ignoresCase: boolean;
  /** `x`: blanks and comments in the pattern are skipped. */
  isExtended: boolean;
  /** Whether a dot matches a line break. */
  dotMatchesAll: boolean;
  /** Whether `^` and `$` match at line breaks. */
  isMultiLine: boolean;
}
