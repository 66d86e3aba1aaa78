import { JqHostObject } from '../value/JqHostObject';
import { JqValue } from '../value/JqValue';
import { Run } from './Run';
import { BreakSignal } from './signals';

/** What flows through a program; host objects only as far as field access goes. */
export type Value = JqValue | JqHostObject;

/** Variables and parameters in scope, innermost first. */
export interface Env {
  readonly value: Value | Closure | BreakSignal;
  readonly parent: Env | undefined;
}

/** An argument that is evaluated where it is used, with what was in scope where it was written. */
export class Closure {
  readonly code: Code;
  readonly env: Env | undefined;

  constructor(code: Code, env: Env | undefined) {
    this.code = code;
    this.env = env;
  }
}

export type Emit = (value: JqValue) => void;

/** Where a value in a path expression is: the keys from the root, and the value found there. */
export interface Trail {
  readonly parent: Trail | undefined;
  readonly key: JqValue;
  readonly value: JqValue;
}

export type EmitPath = (value: JqValue, trail: Trail) => void;

/** A call in tail position that its caller's caller shall make, so that loops need no stack. */
export interface TailCall {
  readonly code: Code;
  readonly env: Env | undefined;
  readonly input: JqValue;
  readonly emit: Emit;
}

/**
 * Compiled program text.
 *
 * `run` may return a call that is still to be made: whoever calls it either returns that on or makes
 * it with `drive`.
 */
export interface Code {
  /** Present when there is never more than one output; undefined means none. */
  readonly one?: (
    run: Run,
    env: Env | undefined,
    input: JqValue,
  ) => JqValue | undefined;
  readonly run: (
    run: Run,
    env: Env | undefined,
    input: JqValue,
    emit: Emit,
  ) => TailCall | undefined;
  /** Like `run`, knowing where the input is and telling where each output is. */
  readonly paths: (
    run: Run,
    env: Env | undefined,
    input: JqValue,
    trail: Trail,
    emit: EmitPath,
  ) => void;
  /** Like `one`, but may answer a host object instead of its JSON. */
  readonly raw?: (
    run: Run,
    env: Env | undefined,
    input: Value,
  ) => Value | undefined;
}

/** Runs code to its end. */
export function drive(
  code: Code,
  run: Run,
  env: Env | undefined,
  input: JqValue,
  emit: Emit,
) {
  let call = code.run(run, env, input, emit);
  if (call === undefined) {
    return;
  }
  run.enter();
  do {
    call = call.code.run(run, call.env, call.input, call.emit);
  } while (call !== undefined);
  run.leave();
}

type One = NonNullable<Code['one']>;

/** Code with at most one output, which is not a path unless it is the input itself. */
export function codeOfOne(one: One): Code {
  return {
    one,
    run(run, env, input, emit) {
      const output = one(run, env, input);
      if (output !== undefined) {
        emit(output);
      }
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      const output = one(run, env, input);
      if (output !== undefined) {
        emit(output, trail);
      }
    },
  };
}

/** Code with any number of outputs that are not paths. */
export function codeOfMany(run: Code['run']): Code {
  return {
    run,
    paths(state, env, input, trail, emit) {
      let call = run(state, env, input, output => emit(output, trail));
      while (call !== undefined) {
        call = call.code.run(state, call.env, call.input, call.emit);
      }
    },
  };
}

/** The JSON of a value that may be a host object. */
export function plain(value: Value): JqValue {
  return value instanceof JqHostObject ? value.toJson() : value;
}
