import { ArithmeticOperator, AssignmentOperator } from '../syntax/Ast';
import { Arithmetic, arithmetic } from '../value/arithmetic';
import { Code } from '../run/Code';
import { assignmentCode } from './assignment';
import { Formatter } from './construction';
import { tryCode } from './control';
import { alternativeCode } from './operators';

/** In what the dialects differ besides their grammar and their builtins. */
export interface Semantics {
  arithmetic: Readonly<Record<ArithmeticOperator, Arithmetic>>;
  /** `try body catch handler` */
  tryCode: (body: Code, handler: Code | undefined) => Code;
  /** `left // right` */
  alternativeCode: (left: Code, right: Code) => Code;
  assignmentCode: (
    operator: AssignmentOperator,
    target: Code,
    value: Code,
  ) => Code;
  /** What an index in brackets is turned into; undefined when it is used as it is. */
  indexKey?: (key: Code) => Code;
  /** How a string without a format writes what is interpolated; undefined for `@text`. */
  interpolation?: Formatter;
  /** Whether `foreach` goes on with the last state, and not null, when an update has no output. */
  foreachKeepsState: boolean;
  /** Whether a parameter written with `$` can be called without it, too. */
  isVariableCallable: boolean;
}

export const jqSemantics: Semantics = {
  arithmetic,
  tryCode,
  alternativeCode,
  assignmentCode,
  foreachKeepsState: false,
  isVariableCallable: true,
};
