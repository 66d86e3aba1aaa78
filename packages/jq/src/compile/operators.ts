import { Code, codeOfMany, codeOfOne, drive, Emit, Env } from '../run/Code';
import { Run } from '../run/Run';
import { ComparisonOperator } from '../syntax/Ast';
import { negate } from '../value/arithmetic';
import { compare, equals } from '../value/compare';
import { JqValue } from '../value/JqValue';
import { isTruthy } from '../value/kinds';

/** A function of values alone. */
export type Operation = (
  run: Run,
  input: JqValue,
  args: readonly JqValue[],
) => JqValue | undefined;

/**
 * Applies an operation to every combination of the outputs of its arguments; those of the last
 * argument change slowest.
 */
export function applyCode(operation: Operation, args: readonly Code[]): Code {
  const ones = args.map(arg => arg.one);
  if (ones.every(one => one !== undefined)) {
    return codeOfOne((run, env, input) => {
      run.step();
      const values: JqValue[] = [];
      for (let i = ones.length - 1; i >= 0; i--) {
        const value = ones[i]?.(run, env, input);
        if (value === undefined) {
          return undefined;
        }
        values[i] = value;
      }
      return operation(run, input, values);
    });
  }
  return codeOfMany((run, env, input, emit) => {
    combine(run, env, input, args, values => {
      run.step();
      const output = operation(run, input, values);
      if (output !== undefined) {
        emit(output);
      }
    });
    return undefined;
  });
}

function combine(
  run: Run,
  env: Env | undefined,
  input: JqValue,
  args: readonly Code[],
  visit: (values: readonly JqValue[]) => void,
) {
  const values: JqValue[] = new Array(args.length).fill(null);
  const descend = (at: number) => {
    if (at < 0) {
      visit([...values]);
      return;
    }
    drive(args[at], run, env, input, value => {
      values[at] = value;
      descend(at - 1);
    });
  };
  descend(args.length - 1);
}

/** A binary operator; outputs of the right side change slowest. */
export function binaryCode(
  left: Code,
  right: Code,
  apply: (run: Run, a: JqValue, b: JqValue) => JqValue,
): Code {
  const { one: leftOne } = left;
  const { one: rightOne } = right;
  if (leftOne && rightOne) {
    return codeOfOne((run, env, input) => {
      run.step();
      const b = rightOne(run, env, input);
      if (b === undefined) {
        return undefined;
      }
      const a = leftOne(run, env, input);
      return a === undefined ? undefined : apply(run, a, b);
    });
  }
  return applyCode((run, _input, [a, b]) => apply(run, a, b), [left, right]);
}

const comparisons: Readonly<
  Record<
    Exclude<ComparisonOperator, '==' | '!='>,
    (difference: number) => boolean
  >
> = {
  '<': difference => difference < 0,
  '<=': difference => difference <= 0,
  '>': difference => difference > 0,
  '>=': difference => difference >= 0,
};

export function comparisonCode(
  operator: ComparisonOperator,
  left: Code,
  right: Code,
): Code {
  if (operator === '==' || operator === '!=') {
    const wanted = operator === '==';
    return binaryCode(
      left,
      right,
      (run, a, b) => equals(a, b, () => run.step()) === wanted,
    );
  }
  const holds = comparisons[operator];
  return binaryCode(left, right, (run, a, b) =>
    holds(compare(a, b, () => run.step())),
  );
}

export function negateCode(body: Code): Code {
  return applyCode((_run, _input, [value]) => negate(value), [body]);
}

/** `and` and `or`: the right side is not evaluated when the left one decides. */
export function logicCode(deciding: boolean, left: Code, right: Code): Code {
  const { one: leftOne } = left;
  const { one: rightOne } = right;
  if (leftOne && rightOne) {
    return codeOfOne((run, env, input) => {
      const a = leftOne(run, env, input);
      if (a === undefined) {
        return undefined;
      }
      if (isTruthy(a) === deciding) {
        return deciding;
      }
      const b = rightOne(run, env, input);
      return b === undefined ? undefined : isTruthy(b);
    });
  }
  return codeOfMany((run, env, input, emit) => {
    drive(left, run, env, input, a => {
      if (isTruthy(a) === deciding) {
        emit(deciding);
      } else {
        drive(right, run, env, input, b => emit(isTruthy(b)));
      }
    });
    return undefined;
  });
}

/** `left // right`: the truthy outputs of the left side, or the right side when there are none. */
export function alternativeCode(left: Code, right: Code): Code {
  const { one: leftOne } = left;
  const { one: rightOne } = right;
  return {
    one:
      leftOne &&
      rightOne &&
      ((run, env, input) => {
        const value = leftOne(run, env, input);
        return value !== undefined && isTruthy(value)
          ? value
          : rightOne(run, env, input);
      }),
    run(run, env, input, emit) {
      let isFound = false;
      const emitTruthy: Emit = value => {
        if (isTruthy(value)) {
          isFound = true;
          emit(value);
        }
      };
      drive(left, run, env, input, emitTruthy);
      return isFound ? undefined : right.run(run, env, input, emit);
    },
    paths(run, env, input, trail, emit) {
      let isFound = false;
      left.paths(run, env, input, trail, (value, at) => {
        if (isTruthy(value)) {
          isFound = true;
          emit(value, at);
        }
      });
      if (!isFound) {
        right.paths(run, env, input, trail, emit);
      }
    },
  };
}
