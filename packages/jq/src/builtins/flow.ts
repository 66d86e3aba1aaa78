import { JqError } from '../errors';
import { breakable, ifCode, pipeCode } from '../compile/control';
import { literalCode, arrayCode } from '../compile/construction';
import { firstOutput } from '../compile/assignment';
import { indexCode, iterateCode, identity } from '../compile/navigation';
import { recurseAll, recurseCode } from '../compile/recursion';
import {
  Code,
  codeOfMany,
  codeOfOne,
  drive,
  Emit,
  Env,
  Trail,
} from '../run/Code';
import { Run } from '../run/Run';
import { arithmetic } from '../value/arithmetic';
import { compare } from '../value/compare';
import { JqValue } from '../value/JqValue';
import { isTruthy } from '../value/kinds';
import {
  BuiltinTable,
  Call,
  defined,
  each,
  generator,
  plainFunction,
  special,
} from './Builtin';

const nothing: Code = {
  one: () => undefined,
  run: () => undefined,
  paths: () => {},
};

function errorCode(message: Code): Code {
  const code = codeOfMany((run, env, input) => {
    drive(message, run, env, input, value => {
      throw new JqError(value);
    });
    return undefined;
  });
  const { one } = message;
  return {
    ...code,
    one:
      one &&
      ((run, env, input) => {
        const value = one(run, env, input);
        if (value !== undefined) {
          throw new JqError(value);
        }
        return undefined;
      }),
  };
}

const select = special(([condition]) => ifCode(condition, identity, nothing));

const map = special(([body]) =>
  arrayCode(pipeCode(iterateCode(identity), body)),
);

/**
 * A count as `limit` and `skip` take it: what jq sorts before numbers counts as negative, what it sorts
 * after them fails only when something is to be counted.
 */
function countOf(run: Run, name: string, value: JqValue): () => number {
  if (compare(value, 0, () => run.step()) < 0) {
    throw new JqError(`${name} doesn't support negative count`);
  }
  let left = value;
  return () => {
    left = arithmetic['-'](run, left, 1);
    return Number(left);
  };
}

/** The outputs of code up to a number of them. */
function limitCode([count, body]: readonly Code[]): Code {
  return {
    run(run, env, input, emit) {
      drive(count, run, env, input, value => {
        const countDown = countOf(run, 'limit', value);
        if (value !== 0) {
          breakable(run, env, (_inner, signal) =>
            drive(body, run, env, input, output => {
              const left = countDown();
              emit(output);
              if (left <= 0) {
                throw signal;
              }
            }),
          );
        }
      });
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      drive(count, run, env, input, value => {
        const countDown = countOf(run, 'limit', value);
        if (value !== 0) {
          breakable(run, env, (_inner, signal) =>
            body.paths(run, env, input, trail, (output, at) => {
              const left = countDown();
              emit(output, at);
              if (left <= 0) {
                throw signal;
              }
            }),
          );
        }
      });
    },
  };
}

function skipCode([count, body]: readonly Code[]): Code {
  return {
    run(run, env, input, emit) {
      drive(count, run, env, input, value => {
        const countDown = countOf(run, 'skip', value);
        drive(body, run, env, input, output => {
          if (countDown() < 0) {
            emit(output);
          }
        });
      });
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      drive(count, run, env, input, value => {
        const countDown = countOf(run, 'skip', value);
        body.paths(run, env, input, trail, (output, at) => {
          if (countDown() < 0) {
            emit(output, at);
          }
        });
      });
    },
  };
}

function firstPath(
  code: Code,
  run: Run,
  env: Env | undefined,
  at: { input: JqValue; trail: Trail },
): { value: JqValue; trail: Trail } | undefined {
  let found: { value: JqValue; trail: Trail } | undefined;
  breakable(run, env, (_inner, signal) =>
    code.paths(run, env, at.input, at.trail, (value, trail) => {
      found = { value, trail };
      throw signal;
    }),
  );
  return found;
}

function firstCode([body]: readonly Code[]): Code {
  return {
    ...codeOfOne((run, env, input) => firstOutput(body, run, env, input)),
    paths(run, env, input, trail, emit) {
      const found = firstPath(body, run, env, { input, trail });
      if (found) {
        emit(found.value, found.trail);
      }
    },
  };
}

function lastCode([body]: readonly Code[]): Code {
  return {
    ...codeOfOne((run, env, input) => {
      let last: JqValue | undefined;
      drive(body, run, env, input, value => {
        run.step();
        last = value;
      });
      return last;
    }),
    paths(run, env, input, trail, emit) {
      let last: (() => void) | undefined;
      body.paths(run, env, input, trail, (value, at) => {
        last = () => emit(value, at);
      });
      last?.();
    },
  };
}

/** `if condition then ., (update | while) end` */
function whileCode([condition, update]: readonly Code[]): Code {
  const { one: conditionOne } = condition;
  const { one: updateOne } = update;
  return codeOfMany((run, env, input, emit) => {
    if (conditionOne && updateOne) {
      let value: JqValue | undefined = input;
      while (
        value !== undefined &&
        isTruthy(conditionOne(run, env, value) ?? null)
      ) {
        run.step();
        emit(value);
        value = updateOne(run, env, value);
      }
      return undefined;
    }
    const visit = (value: JqValue) => {
      run.step();
      run.enter();
      drive(condition, run, env, value, holds => {
        if (isTruthy(holds)) {
          emit(value);
          drive(update, run, env, value, visit);
        }
      });
      run.leave();
    };
    visit(input);
    return undefined;
  });
}

/** `if condition then . else (next | until) end` */
function untilCode([condition, next]: readonly Code[]): Code {
  const { one: conditionOne } = condition;
  const { one: nextOne } = next;
  if (conditionOne && nextOne) {
    return codeOfOne((run, env, input) => {
      let value: JqValue | undefined = input;
      while (value !== undefined) {
        run.step();
        const holds = conditionOne(run, env, value);
        if (holds === undefined) {
          return undefined;
        }
        if (isTruthy(holds)) {
          return value;
        }
        value = nextOne(run, env, value);
      }
      return undefined;
    });
  }
  return codeOfMany((run, env, input, emit) => {
    const visit = (value: JqValue) => {
      run.step();
      run.enter();
      drive(condition, run, env, value, holds => {
        if (isTruthy(holds)) {
          emit(value);
        } else {
          drive(next, run, env, value, visit);
        }
      });
      run.leave();
    };
    visit(input);
    return undefined;
  });
}

function* steps(from: number, to: number, by: number): Generator<number> {
  if (by > 0) {
    for (let value = from; value < to; value += by) {
      yield value;
    }
  } else if (by < 0) {
    for (let value = from; value > to; value += by) {
      yield value;
    }
  }
}

function range(call: Call, bounds: JqValue[], emit: Emit) {
  const [from, to, by] = bounds;
  if (
    typeof from !== 'number' ||
    typeof to !== 'number' ||
    typeof by !== 'number'
  ) {
    throw new JqError('Range bounds must be numeric');
  }
  for (const value of steps(from, to, by)) {
    call.run.step();
    emit(value);
  }
}

/** Outputs of the first argument change slowest. */
function eachBounds(
  call: Call,
  args: readonly Code[],
  use: (bounds: JqValue[]) => void,
  found: JqValue[] = [],
) {
  if (found.length === args.length) {
    use(found);
    return;
  }
  each(call, args[found.length], value =>
    eachBounds(call, args, use, [...found, value]),
  );
}

/** Whether any output of the generator meets the condition, which stops it. */
function hasOutput(
  call: Call,
  source: Code,
  isWanted: (value: JqValue) => boolean,
): boolean {
  let isFound = false;
  const { run, env, input } = call;
  breakable(run, env, (_inner, signal) =>
    drive(source, run, env, input, value => {
      if (isWanted(value)) {
        isFound = true;
        throw signal;
      }
    }),
  );
  return isFound;
}

function anyOrAll(deciding: boolean) {
  return (source: Code, condition: Code): Code =>
    codeOfOne((run, env, input) => {
      const decides = hasOutput({ run, env, input }, source, value =>
        hasOutput(
          { run, env, input: value },
          condition,
          holds => isTruthy(holds) === deciding,
        ),
      );
      return decides === deciding;
    });
}
const anyOf = anyOrAll(true);
const allOf = anyOrAll(false);
const elements = iterateCode(identity);

/** Control flow: what decides which outputs there are and in what order. */
export const flow: BuiltinTable = {
  'empty/0': special(() => nothing),
  'error/0': special(() => errorCode(identity)),
  'error/1': special(([message]) => errorCode(message)),
  'not/0': plainFunction((_run, input) => !isTruthy(input)),
  'select/1': select,
  'map/1': map,
  'recurse/0': special(() => recurseAll),
  'recurse/1': special(([step]) => recurseCode(step)),
  'recurse/2': special(([step, condition]) =>
    recurseCode(pipeCode(step, ifCode(condition, identity, nothing))),
  ),
  'limit/2': special(limitCode),
  'skip/2': special(skipCode),
  'first/1': special(firstCode),
  'last/1': special(lastCode),
  'first/0': special(() => indexCode(identity, literalCode(0))),
  'last/0': special(() => indexCode(identity, literalCode(-1))),
  'nth/1': special(([at]) => indexCode(identity, at)),
  'nth/2': defined(
    `def nth($n; f):
      if $n < 0 then error("nth doesn't support negative indices")
      else first(skip($n; f)) end;`,
  ),
  'while/2': special(whileCode),
  'until/2': special(untilCode),
  'repeat/1': defined('def repeat(f): def again: f, again; again;'),
  'range/1': generator((call, args, emit) =>
    eachBounds(call, args, ([to]) => range(call, [0, to, 1], emit)),
  ),
  'range/2': generator((call, args, emit) =>
    eachBounds(call, args, ([from, to]) => range(call, [from, to, 1], emit)),
  ),
  'range/3': generator((call, args, emit) =>
    eachBounds(call, args, bounds => range(call, bounds, emit)),
  ),
  'isempty/1': special(([source]) =>
    codeOfOne(
      (run, env, input) => !hasOutput({ run, env, input }, source, () => true),
    ),
  ),
  'any/0': special(() => anyOf(elements, identity)),
  'any/1': special(([condition]) => anyOf(elements, condition)),
  'any/2': special(([source, condition]) => anyOf(source, condition)),
  'all/0': special(() => allOf(elements, identity)),
  'all/1': special(([condition]) => allOf(elements, condition)),
  'all/2': special(([source, condition]) => allOf(source, condition)),
  'map_values/1': defined('def map_values(f): .[] |= f;'),
  'walk/1': defined(
    `def walk(f):
      def inner: if type == "object" then map_values(inner)
        elif type == "array" then map(inner) else . end | f;
      inner;`,
  ),
  'in/1': defined('def in(container): . as $key | container | has($key);'),
  'inside/1': defined(
    'def inside(whole): . as $part | whole | contains($part);',
  ),
  'combinations/0': defined(
    `def combinations:
      if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $rest | [$x] + $rest end;`,
  ),
  'combinations/1': defined(
    'def combinations(n): . as $set | [range(n)] | map($set) | combinations;',
  ),
  'IN/1': defined('def IN(s): any(s == .; .);'),
  'IN/2': defined('def IN(source; s): any(source == s; .);'),
  'INDEX/1': defined('def INDEX(key): INDEX(.[]; key);'),
  'INDEX/2': defined(
    'def INDEX(stream; key): reduce stream as $row ({}; .[$row | key | tostring] |= $row);',
  ),
  'JOIN/2': defined('def JOIN($index; key): [.[] | [., $index[key]]];'),
  'JOIN/3': defined(
    'def JOIN($index; stream; key): stream | [., $index[key]];',
  ),
  'JOIN/4': defined(
    'def JOIN($index; stream; key; join): stream | [., $index[key]] | join;',
  ),
  'debug/0': special(() => identity),
  'debug/1': special(() => identity),
  'stderr/0': special(() => identity),
  'input/0': special(() => errorCode(literalCode('break'))),
  'inputs/0': special(() => nothing),
};
