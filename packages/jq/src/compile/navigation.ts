import { JqHostObject } from '../value/JqHostObject';
import { index, iterate, notAPath, slice } from '../value/access';
import { excerpt } from '../value/describe';
import { JqValue } from '../value/JqValue';
import { isSame } from '../value/kinds';
import { emptyObject } from '../value/objects';
import { Code, drive, plain, Trail, Value } from '../run/Code';

export const identity: Code = {
  one: (_run, _env, input) => input,
  raw: (_run, _env, input) => input,
  run(_run, _env, input, emit) {
    emit(input);
    return undefined;
  },
  paths(_run, _env, input, trail, emit) {
    emit(input, trail);
  },
};

function step(trail: Trail, target: JqValue, key: JqValue): Trail {
  if (!isSame(trail.value, target)) {
    throw notAPath(`access element ${excerpt(key)} of`, target);
  }
  return { parent: trail, key, value: index(target, key) };
}

function indexValue(target: Value, key: JqValue): Value {
  if (target instanceof JqHostObject) {
    return typeof key === 'string'
      ? target.get(key) ?? null
      : index(target.toJson(), key);
  }
  return index(target, key);
}

/** `target[key]` */
export function indexCode(target: Code, key: Code): Code {
  const paths: Code['paths'] = (run, env, input, trail, emit) =>
    drive(key, run, env, input, keyValue =>
      target.paths(run, env, input, trail, (value, at) => {
        run.step();
        const next = step(at, value, keyValue);
        emit(next.value, next);
      }),
    );
  const { one: targetOne, raw: targetRaw } = target;
  const { one: keyOne } = key;
  if (targetOne && keyOne) {
    return indexOne({ targetOne, targetRaw, keyOne, paths });
  }
  return {
    paths,
    run(run, env, input, emit) {
      drive(key, run, env, input, keyValue =>
        drive(target, run, env, input, value => {
          run.step();
          emit(index(value, keyValue));
        }),
      );
      return undefined;
    },
  };
}

function indexOne(parts: {
  targetOne: NonNullable<Code['one']>;
  targetRaw: Code['raw'];
  keyOne: NonNullable<Code['one']>;
  paths: Code['paths'];
}): Code {
  const { targetOne, targetRaw, keyOne, paths } = parts;
  const raw =
    targetRaw &&
    (((run, env, input) => {
      const keyValue = keyOne(run, env, plain(input));
      const value = targetRaw(run, env, input);
      return value === undefined || keyValue === undefined
        ? undefined
        : indexValue(value, keyValue);
    }) satisfies Code['raw']);
  const one: NonNullable<Code['one']> = (run, env, input) => {
    run.step();
    if (raw) {
      const value = raw(run, env, input);
      return value === undefined ? undefined : plain(value);
    }
    const keyValue = keyOne(run, env, input);
    const value = targetOne(run, env, input);
    return value === undefined || keyValue === undefined
      ? undefined
      : index(value, keyValue);
  };
  return {
    one,
    raw,
    paths,
    run(run, env, input, emit) {
      const output = one(run, env, input);
      if (output !== undefined) {
        emit(output);
      }
      return undefined;
    },
  };
}

/** `target[from:to]`, either of which may be missing. */
export function sliceCode(
  target: Code,
  from: Code | undefined,
  to: Code | undefined,
): Code {
  const eachBounds = (
    run: Parameters<Code['run']>[0],
    env: Parameters<Code['run']>[1],
    input: JqValue,
    visit: (start: JqValue, end: JqValue) => void,
  ) => {
    const withStart = (start: JqValue) =>
      to
        ? drive(to, run, env, input, end => visit(start, end))
        : visit(start, null);
    if (from) {
      drive(from, run, env, input, withStart);
    } else {
      withStart(null);
    }
  };
  return {
    run(run, env, input, emit) {
      eachBounds(run, env, input, (start, end) =>
        drive(target, run, env, input, value => {
          const part = slice(value, start, end);
          run.grow(part === null ? 0 : (part as string | JqValue[]).length);
          emit(part);
        }),
      );
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      eachBounds(run, env, input, (start, end) =>
        target.paths(run, env, input, trail, (value, at) => {
          const key = emptyObject();
          key.start = start;
          key.end = end;
          const next = step(at, value, key);
          emit(next.value, next);
        }),
      );
    },
  };
}

/** `target[]` */
export function iterateCode(target: Code): Code {
  return {
    run(run, env, input, emit) {
      const each = (value: JqValue) => {
        run.step();
        emit(value);
      };
      const one = target.one?.(run, env, input);
      if (target.one) {
        if (one !== undefined) {
          iterate(one, each);
        }
      } else {
        drive(target, run, env, input, value => iterate(value, each));
      }
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      target.paths(run, env, input, trail, (value, at) => {
        if (!isSame(at.value, value)) {
          throw notAPath('iterate through', value);
        }
        iterate(value, (child, key) => {
          run.step();
          emit(child, { parent: at, key, value: child });
        });
      });
    },
  };
}

/** The keys from the root to a trail. */
export function trailPath(trail: Trail): JqValue[] {
  const path: JqValue[] = [];
  let at = trail;
  while (at.parent) {
    path.push(at.key);
    at = at.parent;
  }
  return path.reverse();
}

export function rootTrail(value: JqValue): Trail {
  return { parent: undefined, key: null, value };
}
