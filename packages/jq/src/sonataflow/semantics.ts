import { JqError } from '../errors';
import { assignmentCode, eachPath, modify } from '../compile/assignment';
import { applyCode } from '../compile/operators';
import { Semantics } from '../compile/Semantics';
import { Code, codeOfMany, drive } from '../run/Code';
import { Run } from '../run/Run';
import { BreakSignal } from '../run/signals';
import { ArithmeticOperator } from '../syntax/Ast';
import { Arithmetic, arithmetic } from '../value/arithmetic';
import { JqValue } from '../value/JqValue';
import { isTruthy } from '../value/kinds';
import { getPath } from '../value/update';
import { interpolated } from './formats';

/** A text repeated less than twice is the text itself, less than once is null. */
const multiply: Arithmetic = (run, a, b) => {
  const [text, count] = typeof a === 'string' ? [a, b] : [b, a];
  if (typeof text !== 'string' || typeof count !== 'number') {
    return arithmetic['*'](run, a, b);
  }
  if (!(count > 0)) {
    return Number.isNaN(count) ? text.repeat(0) : null;
  }
  return count < 2 ? text : arithmetic['*'](run, text, count);
};

const modulo: Arithmetic = (run, a, b) =>
  typeof a === 'number' && typeof b === 'number' && Number.isNaN(b)
    ? Math.trunc(a)
    : arithmetic['%'](run, typeof a === 'number' && Number.isNaN(a) ? 0 : a, b);

/** Jackson-jq ends with a NullPointerException there, which a program can't catch. */
class MissingOperandError extends JqError {
  constructor() {
    super('A value that does not exist cannot be combined');
  }
}

function isCaught(error: unknown): error is JqError | BreakSignal {
  return (
    (error instanceof JqError && !(error instanceof MissingOperandError)) ||
    error instanceof BreakSignal
  );
}

/**
 * Silences and catches everything that happens while the body hands out its outputs: also failures of
 * what is done with them, and `break`.
 */
function tryCode(body: Code, handler: Code | undefined): Code {
  const guarded = (
    run: Run,
    action: () => void,
    onFailure: (value: JqValue) => void,
  ) => {
    const depth = run.depth;
    try {
      action();
    } catch (error) {
      if (!isCaught(error)) {
        throw error;
      }
      run.restoreDepth(depth);
      onFailure(error instanceof JqError ? error.value : 'break');
    }
  };
  return {
    run(run, env, input, emit) {
      guarded(
        run,
        () => drive(body, run, env, input, emit),
        value => handler && drive(handler, run, env, value, emit),
      );
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      guarded(
        run,
        () => body.paths(run, env, input, trail, emit),
        value => handler?.paths(run, env, value, trail, emit),
      );
    },
  };
}

/** The left side counts as found once something has been done with an output of it without failing. */
function alternativeCode(left: Code, right: Code): Code {
  return {
    run(run, env, input, emit) {
      let isFound = false;
      drive(left, run, env, input, value => {
        if (isTruthy(value)) {
          emit(value);
          isFound = true;
        }
      });
      return isFound ? undefined : right.run(run, env, input, emit);
    },
    paths(run, env, input, trail, emit) {
      let isFound = false;
      left.paths(run, env, input, trail, (value, at) => {
        if (isTruthy(value)) {
          emit(value, at);
          isFound = true;
        }
      });
      if (!isFound) {
        right.paths(run, env, input, trail, emit);
      }
    },
  };
}

/** `target |= update`, which must have an output; all are made, and the first is taken. */
function updateCode(target: Code, update: Code): Code {
  return codeOfMany((run, env, input, emit) => {
    const result = modify(target, { run, env, input }, old => {
      const values: JqValue[] = [];
      drive(update, run, env, old, value => {
        run.grow(1);
        values.push(value);
      });
      if (values.length === 0) {
        throw new JqError(
          '`|= empty` is undefined. See https://github.com/stedolan/jq/issues/897',
        );
      }
      return values[0];
    });
    emit(result);
    return undefined;
  });
}

/** `target += value` and its like, which fail where the target is missing. */
function combineCode(target: Code, value: Code, combine: Arithmetic): Code {
  return codeOfMany((run, env, input, emit) => {
    drive(value, run, env, input, operand => {
      eachPath(target, run, env, input, path => {
        const parent = getPath(input, path.slice(0, -1));
        if (!hasKey(parent, path[path.length - 1])) {
          throw new MissingOperandError();
        }
      });
      emit(
        modify(target, { run, env, input }, old => combine(run, old, operand)),
      );
    });
    return undefined;
  });
}

function hasKey(container: JqValue, key: JqValue | undefined): boolean {
  if (key === undefined) {
    return true;
  }
  if (Array.isArray(container)) {
    const isInside =
      typeof key === 'number' &&
      key >= -container.length &&
      key < container.length;
    return typeof key !== 'number' || isInside;
  }
  return (
    container !== null &&
    typeof container === 'object' &&
    typeof key === 'string' &&
    Object.hasOwn(container, key)
  );
}

/** A number that is not whole finds nothing, instead of being rounded down. */
function indexKey(key: Code): Code {
  return applyCode(
    (_run, _input, [value]) =>
      typeof value === 'number' && !Number.isInteger(value) ? Infinity : value,
    [key],
  );
}

const operators = { ...arithmetic, '*': multiply, '%': modulo };

/** How jackson-jq 1.0 differs from jq. */
export const sonataFlowSemantics: Semantics = {
  arithmetic: operators,
  tryCode,
  alternativeCode,
  assignmentCode(operator, target, value) {
    switch (operator) {
      case '=':
      case '//=':
        return assignmentCode(operator, target, value);
      case '|=':
        return updateCode(target, value);
      default:
        return combineCode(
          target,
          value,
          operators[operator[0] as ArithmeticOperator],
        );
    }
  },
  indexKey,
  interpolation: interpolated,
  foreachKeepsState: true,
  isVariableCallable: false,
};
