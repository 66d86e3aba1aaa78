import { JqValue } from '../value/JqValue';

/** One part of a string with interpolations. */
export type StringPart = string | Ast;

export interface ObjectEntry {
  /** Yields the key; a literal when it is written as a name. */
  key: Ast;
  value: Ast;
}

/** What `as` takes apart. */
export type Pattern =
  | { kind: 'variable'; name: string }
  | { kind: 'array'; elements: Pattern[] }
  | { kind: 'object'; entries: PatternEntry[] };

export interface PatternEntry {
  key: Ast;
  /** `{$name}` and `{$name: pattern}` bind the field itself too. */
  variable?: string;
  pattern?: Pattern;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type AssignmentOperator =
  | '='
  | '|='
  | '//='
  | '+='
  | '-='
  | '*='
  | '/='
  | '%=';

export interface FunctionParameter {
  name: string;
  /** Written with `$`: its value is bound to a variable of that name too. */
  isVariable: boolean;
}

export interface FunctionDefinition {
  name: string;
  parameters: FunctionParameter[];
  body: Ast;
}

/** A node of the syntax tree; `offset` is where it starts in the text. */
export type Ast = { offset: number } & (
  | { kind: 'identity' }
  | { kind: 'recurse' }
  | { kind: 'literal'; value: JqValue }
  | { kind: 'location'; line: number }
  | { kind: 'string'; format?: string; parts: StringPart[] }
  | { kind: 'format'; name: string }
  | { kind: 'array'; body?: Ast }
  | { kind: 'object'; entries: ObjectEntry[] }
  | { kind: 'index'; target: Ast; key: Ast; isOptional?: boolean }
  | {
      kind: 'slice';
      target: Ast;
      from?: Ast;
      to?: Ast;
      isOptional?: boolean;
    }
  | { kind: 'iterate'; target: Ast; isOptional?: boolean }
  /** The field of the input if that is an object that has it, else null. */
  | { kind: 'fieldOrNull'; key: Ast }
  /** In parentheses. */
  | { kind: 'group'; body: Ast }
  | { kind: 'negate'; body: Ast }
  | { kind: 'pipe'; left: Ast; right: Ast }
  | { kind: 'comma'; left: Ast; right: Ast }
  | { kind: 'and' | 'or' | 'alternative'; left: Ast; right: Ast }
  | {
      kind: 'arithmetic';
      operator: ArithmeticOperator;
      left: Ast;
      right: Ast;
    }
  | {
      kind: 'comparison';
      operator: ComparisonOperator;
      left: Ast;
      right: Ast;
    }
  | {
      kind: 'assignment';
      operator: AssignmentOperator;
      left: Ast;
      right: Ast;
    }
  | { kind: 'if'; condition: Ast; then: Ast; else?: Ast }
  | { kind: 'try'; body: Ast; handler?: Ast }
  | { kind: 'reduce'; source: Ast; pattern: Pattern[]; init: Ast; update: Ast }
  | {
      kind: 'foreach';
      source: Ast;
      pattern: Pattern[];
      init: Ast;
      update: Ast;
      extract?: Ast;
    }
  | { kind: 'bind'; source: Ast; patterns: Pattern[]; body: Ast }
  | { kind: 'define'; definition: FunctionDefinition; body: Ast }
  | { kind: 'call'; name: string; arguments: Ast[] }
  | { kind: 'variable'; name: string }
  | { kind: 'label'; name: string; body: Ast }
  | { kind: 'break'; name: string }
);
