import { StringPart } from './Ast';

/** A piece of program text. */
export type Token = { offset: number; end: number } & (
  | { kind: 'end' }
  /** Operators and brackets, e.g. `|=`. */
  | { kind: 'symbol'; text: string }
  /** A name, which may be a keyword; may have `::` inside. */
  | { kind: 'name'; text: string }
  /** `.name` */
  | { kind: 'field'; text: string }
  /** `$name` */
  | { kind: 'variable'; text: string }
  /** `@name` */
  | { kind: 'format'; text: string }
  | { kind: 'number'; value: number; text: string }
  | { kind: 'string'; parts: StringPart[] }
);

export const keywords: ReadonlySet<string> = new Set([
  'def',
  'module',
  'import',
  'include',
  'if',
  'then',
  'else',
  'elif',
  'as',
  'reduce',
  'foreach',
  'end',
  'and',
  'or',
  'try',
  'catch',
  'label',
  'break',
]);
