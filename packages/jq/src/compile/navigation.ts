import { JqError } from '../errors';
import { JqHostObject } from '../value/JqHostObject';
import { index, iterate, notAPath, slice } from '../value/access';
import { excerpt } from '../value/describe';
import { JqValue } from '../value/JqValue';
import { isObject, isSame } from '../value/kinds';
import { emptyObject, field } from '../value/objects';
import { applyCode } from './operators';
import { Code, drive, Env, plain, Trail, Value } from '../run/Code';
import { Run } from '../run/Run';

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

/** Undefined where a forgiven access can't be made. */
function forgive<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch (error) {
    if (error instanceof JqError) {
      return undefined;
    }
    throw error;
  }
}

/** `target[key]`, or `target[key]?` which has no output where the target can't be indexed. */
export function indexCode(
  target: Code,
  key: Code,
  isOptional: boolean = false,
): Code {
  const access = isOptional
    ? (value: Value, at: JqValue) => forgive(() => indexValue(value, at))
    : indexValue;
  const paths: Code['paths'] = (run, env, input, trail, emit) =>
    drive(key, run, env, input, keyValue =>
      target.paths(run, env, input, trail, (value, at) => {
        run.step();
        const next = isOptional
          ? forgive(() => step(at, value, keyValue))
          : step(at, value, keyValue);
        if (next) {
          emit(next.value, next);
        }
      }),
    );
  if (target.one && key.one) {
    const one = indexOne(target, key.one, access);
    return { ...one, paths };
  }
  return {
    paths,
    run(run, env, input, emit) {
      drive(key, run, env, input, keyValue =>
        drive(target, run, env, input, value => {
          run.step();
          const found = access(value, keyValue);
          if (found !== undefined) {
            emit(plain(found));
          }
        }),
      );
      return undefined;
    },
  };
}

function indexOne(
  target: Code,
  keyOne: NonNullable<Code['one']>,
  access: (value: Value, key: JqValue) => Value | undefined,
): Omit<Code, 'paths'> {
  const { raw: targetRaw, one: targetOne } = target;
  const raw: NonNullable<Code['raw']> = (run, env, input) => {
    run.step();
    const keyValue = keyOne(run, env, plain(input));
    if (keyValue === undefined) {
      return undefined;
    }
    const value = targetRaw
      ? targetRaw(run, env, input)
      : targetOne?.(run, env, plain(input));
    return value === undefined ? undefined : access(value, keyValue);
  };
  const one: NonNullable<Code['one']> = (run, env, input) => {
    const value = raw(run, env, input);
    return value === undefined ? undefined : plain(value);
  };
  return {
    one,
    raw,
    run(run, env, input, emit) {
      const output = one(run, env, input);
      if (output !== undefined) {
        emit(output);
      }
      return undefined;
    },
  };
}

/** The field of the input if that is an object that has it, else null. */
export function fieldOrNullCode(key: Code): Code {
  return applyCode(
    (_run, input, [name]) =>
      typeof name === 'string' && isObject(input) ? field(input, name) : null,
    [key],
  );
}

type EachBounds = (
  run: Run,
  env: Env | undefined,
  input: JqValue,
  visit: (start: JqValue, end: JqValue) => void,
) => void;

function boundsOf(from: Code | undefined, to: Code | undefined): EachBounds {
  return (run, env, input, visit) => {
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
}

export interface SliceCode {
  target: Code;
  from?: Code;
  to?: Code;
  isOptional?: boolean;
}

/** `target[from:to]`, either of which may be missing. */
export function sliceCode({ target, from, to, isOptional }: SliceCode): Code {
  const eachBounds = boundsOf(from, to);
  const cut = (value: JqValue, start: JqValue, end: JqValue) =>
    isOptional
      ? forgive(() => slice(value, start, end))
      : slice(value, start, end);
  return {
    run(run, env, input, emit) {
      eachBounds(run, env, input, (start, end) =>
        drive(target, run, env, input, value => {
          const part = cut(value, start, end);
          if (part !== undefined) {
            run.grow(sizeOf(part));
            emit(part);
          }
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
          const next = isOptional
            ? forgive(() => step(at, value, key))
            : step(at, value, key);
          if (next) {
            run.grow(sizeOf(next.value));
            emit(next.value, next);
          }
        }),
      );
    },
  };
}

function sizeOf(part: JqValue): number {
  return typeof part === 'string' || Array.isArray(part) ? part.length : 0;
}

/** `target[]`, or `target[]?` which has no output where there is nothing to iterate over. */
export function iterateCode(target: Code, isOptional: boolean = false): Code {
  const isSkipped = (value: JqValue) =>
    isOptional && (typeof value !== 'object' || value === null);
  const { one: targetOne } = target;
  return {
    run(run, env, input, emit) {
      const each = (value: JqValue) => {
        run.step();
        emit(value);
      };
      if (targetOne) {
        const value = targetOne(run, env, input);
        if (value !== undefined && !isSkipped(value)) {
          iterate(value, each);
        }
      } else {
        drive(target, run, env, input, value => {
          if (!isSkipped(value)) {
            iterate(value, each);
          }
        });
      }
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      target.paths(run, env, input, trail, (value, at) => {
        if (isSkipped(value)) {
          return;
        }
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
