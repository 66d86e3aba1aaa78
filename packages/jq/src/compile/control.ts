import { JqError } from '../errors';
import { Code, drive, Env, plain } from '../run/Code';
import { Run } from '../run/Run';
import { BreakSignal, EscapedError } from '../run/signals';
import { JqValue } from '../value/JqValue';
import { isTruthy } from '../value/kinds';

/** `left | right` */
export function pipeCode(left: Code, right: Code): Code {
  const { one: leftOne, raw: leftRaw } = left;
  const { one: rightOne, raw: rightRaw } = right;
  const raw: Code['raw'] =
    leftRaw &&
    rightRaw &&
    ((run, env, input) => {
      const value = leftRaw(run, env, input);
      return value === undefined ? undefined : rightRaw(run, env, value);
    });
  const one: Code['one'] =
    leftOne &&
    rightOne &&
    ((run, env, input) => {
      if (raw) {
        const value = raw(run, env, input);
        return value === undefined ? undefined : plain(value);
      }
      const value = leftOne(run, env, input);
      return value === undefined ? undefined : rightOne(run, env, value);
    });
  return {
    raw,
    one,
    run: one
      ? runOne(one)
      : (run, env, input, emit) => {
          if (leftOne) {
            const value = leftOne(run, env, input);
            return value === undefined
              ? undefined
              : right.run(run, env, value, emit);
          }
          return left.run(run, env, input, value =>
            drive(right, run, env, value, emit),
          );
        },
    paths(run, env, input, trail, emit) {
      left.paths(run, env, input, trail, (value, at) =>
        right.paths(run, env, value, at, emit),
      );
    },
  };
}

function runOne(one: NonNullable<Code['one']>): Code['run'] {
  return (run, env, input, emit) => {
    const output = one(run, env, input);
    if (output !== undefined) {
      emit(output);
    }
    return undefined;
  };
}

/** `left, right` */
export function commaCode(left: Code, right: Code): Code {
  return {
    run(run, env, input, emit) {
      run.step();
      drive(left, run, env, input, emit);
      return right.run(run, env, input, emit);
    },
    paths(run, env, input, trail, emit) {
      run.step();
      left.paths(run, env, input, trail, emit);
      right.paths(run, env, input, trail, emit);
    },
  };
}

/** `if condition then … else … end` */
export function ifCode(condition: Code, then: Code, otherwise: Code): Code {
  const { one: conditionOne } = condition;
  const { one: thenOne } = then;
  const { one: otherwiseOne } = otherwise;
  return {
    one:
      conditionOne &&
      thenOne &&
      otherwiseOne &&
      ((run, env, input) => {
        const value = conditionOne(run, env, input);
        if (value === undefined) {
          return undefined;
        }
        return (isTruthy(value) ? thenOne : otherwiseOne)(run, env, input);
      }),
    run(run, env, input, emit) {
      if (conditionOne) {
        const value = conditionOne(run, env, input);
        if (value === undefined) {
          return undefined;
        }
        return (isTruthy(value) ? then : otherwise).run(run, env, input, emit);
      }
      drive(condition, run, env, input, value =>
        drive(isTruthy(value) ? then : otherwise, run, env, input, emit),
      );
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      drive(condition, run, env, input, value =>
        (isTruthy(value) ? then : otherwise).paths(
          run,
          env,
          input,
          trail,
          emit,
        ),
      );
    },
  };
}

/**
 * Runs something that hands out values, and what is done with them: a failure of the latter is not
 * given to `onError`.
 */
function guarded(
  run: Run,
  body: (guard: (use: () => void) => void) => void,
  onError: (error: JqError) => void,
) {
  const origin = {};
  const depth = run.depth;
  const guard = (use: () => void) => {
    try {
      use();
    } catch (error) {
      throw error instanceof JqError ? new EscapedError(error, origin) : error;
    }
  };
  try {
    body(guard);
  } catch (error) {
    if (error instanceof EscapedError && error.origin === origin) {
      throw error.error;
    }
    if (!(error instanceof JqError)) {
      throw error;
    }
    run.restoreDepth(depth);
    onError(error);
  }
}

/** `try body catch handler`; without a handler failures end the outputs silently. */
export function tryCode(body: Code, handler: Code | undefined): Code {
  const { one: bodyOne } = body;
  const handlerOne = handler ? handler.one : () => undefined;
  const one: Code['one'] =
    bodyOne &&
    handlerOne &&
    ((run, env, input) => {
      const depth = run.depth;
      try {
        return bodyOne(run, env, input);
      } catch (error) {
        if (!(error instanceof JqError)) {
          throw error;
        }
        run.restoreDepth(depth);
        return handlerOne(run, env, error.value);
      }
    });
  return {
    one,
    run: one
      ? runOne(one)
      : (run, env, input, emit) => {
          guarded(
            run,
            guard =>
              drive(body, run, env, input, value => guard(() => emit(value))),
            error => handler && drive(handler, run, env, error.value, emit),
          );
          return undefined;
        },
    paths(run, env, input, trail, emit) {
      guarded(
        run,
        guard =>
          body.paths(run, env, input, trail, (value, at) =>
            guard(() => emit(value, at)),
          ),
        error => handler?.paths(run, env, error.value, trail, emit),
      );
    },
  };
}

/** Runs code inside a label whose `break` ends it. */
export function breakable(
  run: Run,
  env: Env | undefined,
  body: (inner: Env, signal: BreakSignal) => void,
) {
  const signal = new BreakSignal();
  const depth = run.depth;
  try {
    body({ value: signal, parent: env }, signal);
  } catch (error) {
    if (error !== signal) {
      throw error;
    }
    run.restoreDepth(depth);
  }
}

/** `label $name | body` */
export function labelCode(body: Code): Code {
  return {
    run(run, env, input, emit) {
      breakable(run, env, inner => drive(body, run, inner, input, emit));
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      breakable(run, env, inner => body.paths(run, inner, input, trail, emit));
    },
  };
}

/** The cell that many cells out. */
export function cell(env: Env | undefined, hops: number): Env {
  let at = env;
  for (let i = 0; i < hops; i++) {
    at = at?.parent;
  }
  if (!at) {
    throw new Error('A name has no cell');
  }
  return at;
}

/** `break $name` */
export function breakCode(hops: number): Code {
  const stop = (
    _run: Run,
    env: Env | undefined,
    _input: JqValue,
  ): undefined => {
    throw cell(env, hops).value;
  };
  return { one: stop, run: stop, paths: stop };
}
