import { Closure, Code, drive, Env } from '../run/Code';
import { Run } from '../run/Run';
import { JqValue } from '../value/JqValue';
import { cell } from './control';
import { UserFunction } from './Scope';

/** A call of a closure parameter. */
export function parameterCode(hops: number): Code {
  const find = (env: Env | undefined): Closure => {
    const { value } = cell(env, hops);
    if (!(value instanceof Closure)) {
      throw new Error('A parameter has no closure');
    }
    return value;
  };
  return {
    run(run, env, input, emit) {
      run.step();
      const { code, env: outer } = find(env);
      return code.run(run, outer, input, emit);
    },
    paths(run, env, input, trail, emit) {
      run.step();
      const { code, env: outer } = find(env);
      code.paths(run, outer, input, trail, emit);
    },
  };
}

/** The environment that many cells out; none at all for a negative number. */
function outward(env: Env | undefined, hops: number): Env | undefined {
  if (hops < 0) {
    return undefined;
  }
  let at = env;
  for (let i = 0; i < hops; i++) {
    at = at?.parent;
  }
  return at;
}

function body({ code }: UserFunction): Code {
  if (!code) {
    throw new Error('A function is called before it is compiled');
  }
  return code;
}

/** A call of a function of the program. */
export function userCallCode(
  callee: UserFunction,
  args: readonly Code[],
  hops: number,
): Code {
  const { parameters } = callee;
  const withArguments = (
    run: Run,
    env: Env | undefined,
    input: JqValue,
    use: (inner: Env | undefined) => void,
  ) => {
    const bind = (at: number, inner: Env | undefined): void => {
      if (at === parameters.length) {
        use(inner);
        return;
      }
      const arg = args[at];
      const closed = { value: new Closure(arg, env), parent: inner };
      if (parameters[at].isVariable) {
        drive(arg, run, env, input, value =>
          bind(at + 1, { value, parent: closed }),
        );
      } else {
        bind(at + 1, closed);
      }
    };
    bind(0, outward(env, hops));
  };

  return {
    one: callee.isRecursive ? undefined : oneOfCall(callee, args, hops),
    run(run, env, input, emit) {
      run.step();
      const inner = boundOnce(run, env, input, { parameters, args, hops });
      if (inner) {
        return { code: body(callee), env: inner.env, input, emit };
      }
      withArguments(run, env, input, bound =>
        drive(body(callee), run, bound, input, emit),
      );
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      run.step();
      run.enter();
      withArguments(run, env, input, bound =>
        body(callee).paths(run, bound, input, trail, emit),
      );
      run.leave();
    },
  };
}

interface Call {
  parameters: UserFunction['parameters'];
  args: readonly Code[];
  hops: number;
}

/** The environment of the call, when there is exactly one; otherwise undefined. */
function boundOnce(
  run: Run,
  env: Env | undefined,
  input: JqValue,
  { parameters, args, hops }: Call,
): { env: Env | undefined } | undefined {
  let inner = outward(env, hops);
  for (let i = 0; i < parameters.length; i++) {
    inner = { value: new Closure(args[i], env), parent: inner };
    if (parameters[i].isVariable) {
      const value = args[i].one?.(run, env, input);
      if (value === undefined) {
        return undefined;
      }
      inner = { value, parent: inner };
    }
  }
  return { env: inner };
}

/** A call that has at most one output: one that depends on no closure with more. */
function oneOfCall(
  callee: UserFunction,
  args: readonly Code[],
  hops: number,
): Code['one'] {
  const { parameters } = callee;
  const bodyOne = callee.code?.one;
  const isPossible = parameters.every(
    ({ isVariable }, i) => !isVariable || args[i].one,
  );
  if (!bodyOne || !isPossible) {
    return undefined;
  }
  return (run, env, input) => {
    run.step();
    const inner = boundOnce(run, env, input, { parameters, args, hops });
    return inner && bodyOne(run, inner.env, input);
  };
}
