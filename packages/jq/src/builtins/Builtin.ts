import { JqError } from '../errors';
import { Library } from '../compile/Compiler';
import { applyCode, Operation } from '../compile/operators';
import { Code, codeOfMany, drive, Emit, Env } from '../run/Code';
import { Run } from '../run/Run';
import { describe } from '../value/describe';
import { JqValue } from '../value/JqValue';
import { typeName } from '../value/kinds';

export type BuildCode = (args: readonly Code[], library: Library) => Code;

/** How a builtin is made from its arguments, or its definition in jq itself. */
export type Builtin =
  | { kind: 'code'; build: BuildCode }
  | { kind: 'source'; source: string };

/** Builtins by `name/arity`. */
export type BuiltinTable = Readonly<Record<string, Builtin>>;

/** Made of code, for what evaluates its arguments in its own way. */
export function special(build: BuildCode): Builtin {
  return { kind: 'code', build };
}

/** A function of the input and of each combination of the outputs of the arguments. */
export function plainFunction(operation: Operation): Builtin {
  return special(args => applyCode(operation, args));
}

/** Defined in jq: `def name(parameters): body;` */
export function defined(source: string): Builtin {
  return { kind: 'source', source };
}

/** What a builtin with several outputs gets. */
export interface Call {
  run: Run;
  env: Env | undefined;
  input: JqValue;
}

/** A function with any number of outputs; arguments are evaluated as it wishes. */
export function generator(
  generate: (call: Call, args: readonly Code[], emit: Emit) => void,
): Builtin {
  return special(args =>
    codeOfMany((run, env, input, emit) => {
      generate({ run, env, input }, args, emit);
      return undefined;
    }),
  );
}

/** Calls back for each output of an argument. */
export function each({ run, env, input }: Call, code: Code, emit: Emit) {
  drive(code, run, env, input, emit);
}

/** All outputs of an argument for some input. */
export function outputs(call: Call, code: Code, input: JqValue): JqValue[] {
  const values: JqValue[] = [];
  drive(code, call.run, call.env, input, value => {
    call.run.grow(1);
    values.push(value);
  });
  return values;
}

export function asString(value: JqValue, message: string): string {
  if (typeof value !== 'string') {
    throw new JqError(message);
  }
  return value;
}

export function asNumber(value: JqValue): number {
  if (typeof value !== 'number') {
    throw new JqError(`${describe(value)} number required`);
  }
  return value;
}

export function asArray(value: JqValue, done: string): JqValue[] {
  if (!Array.isArray(value)) {
    throw new JqError(
      `${describe(value)} cannot be ${done}, as it is not an array`,
    );
  }
  return value;
}

/** Those values that a filter such as `strings` lets through. */
export function filter(isWanted: (value: JqValue) => boolean): Builtin {
  const code: Code = {
    one: (_run, _env, input) => (isWanted(input) ? input : undefined),
    run(_run, _env, input, emit) {
      if (isWanted(input)) {
        emit(input);
      }
      return undefined;
    },
    paths(_run, _env, input, trail, emit) {
      if (isWanted(input)) {
        emit(input, trail);
      }
    },
  };
  return special(() => code);
}

export function ofType(...names: string[]): Builtin {
  return filter(value => names.includes(typeName(value)));
}
