import { JqError } from '../errors';
import { Code, drive, Env, EmitPath, Emit, Trail, Value } from '../run/Code';
import { Run } from '../run/Run';
import { index } from '../value/access';
import { JqValue } from '../value/JqValue';

/** A pattern of `as`, with its key expressions compiled and its variables numbered. */
export type Matcher =
  | { kind: 'variable'; slot: number }
  | { kind: 'array'; elements: Matcher[] }
  | {
      kind: 'object';
      entries: { key: Code; slot: number | undefined; matcher?: Matcher }[];
    };

interface Match {
  run: Run;
  /** Where key expressions are evaluated, and on what. */
  env: Env | undefined;
  input: JqValue;
  slots: Value[];
}

/** Calls back for each way in which the value fits; keys may have several outputs. */
function match(state: Match, matcher: Matcher, value: Value, next: () => void) {
  switch (matcher.kind) {
    case 'variable':
      state.slots[matcher.slot] = value;
      next();
      break;
    case 'array':
      matchElements(state, matcher.elements, 0, value as JqValue, next);
      break;
    default:
      matchEntries(state, matcher.entries, 0, value as JqValue, next);
  }
}

function matchElements(
  state: Match,
  elements: Matcher[],
  at: number,
  value: JqValue,
  next: () => void,
) {
  if (at === elements.length) {
    next();
    return;
  }
  match(state, elements[at], index(value, at), () =>
    matchElements(state, elements, at + 1, value, next),
  );
}

function matchEntries(
  state: Match,
  entries: (Matcher & { kind: 'object' })['entries'],
  at: number,
  value: JqValue,
  next: () => void,
) {
  if (at === entries.length) {
    next();
    return;
  }
  const { key, slot, matcher } = entries[at];
  drive(key, state.run, state.env, state.input, keyValue => {
    if (typeof keyValue !== 'string') {
      throw new JqError('Object keys must be strings');
    }
    const found = index(value, keyValue);
    if (slot !== undefined) {
      state.slots[slot] = found;
    }
    const rest = () => matchEntries(state, entries, at + 1, value, next);
    if (matcher) {
      match(state, matcher, found, rest);
    } else {
      rest();
    }
  });
}

/** Variables that patterns bind, and how. */
export interface Binding {
  matchers: Matcher[];
  /** How many cells are added to the environment. */
  size: number;
}

function bound(env: Env | undefined, slots: readonly Value[]): Env | undefined {
  let result = env;
  for (const value of slots) {
    result = { value, parent: result };
  }
  return result;
}

/**
 * Calls back with an environment for each way in which the value fits the patterns. A failure, even
 * one of the callback, makes it try the next pattern.
 */
function destructure(
  run: Run,
  env: Env | undefined,
  input: JqValue,
  binding: Binding,
  value: Value,
  use: (inner: Env | undefined) => void,
) {
  const { matchers, size } = binding;
  if (matchers.length === 1 && matchers[0].kind === 'variable') {
    use({ value, parent: env });
    return;
  }
  const depth = run.depth;
  for (const [i, matcher] of matchers.entries()) {
    const slots: Value[] = new Array(size).fill(null);
    try {
      match({ run, env, input, slots }, matcher, value, () =>
        use(bound(env, slots)),
      );
      return;
    } catch (error) {
      if (!(error instanceof JqError) || i === matchers.length - 1) {
        throw error;
      }
      run.restoreDepth(depth);
    }
  }
}

/** `source as pattern | body` */
export function bindCode(source: Code, binding: Binding, body: Code): Code {
  const { matchers } = binding;
  const isSimple = matchers.length === 1 && matchers[0].kind === 'variable';
  const sourceOne = isSimple ? source.raw ?? source.one : undefined;
  const { one: bodyOne } = body;
  const one: Code['one'] =
    sourceOne &&
    bodyOne &&
    ((run, env, input) => {
      const value = sourceOne(run, env, input);
      return value === undefined
        ? undefined
        : bodyOne(run, { value, parent: env }, input);
    });
  return {
    one,
    run(run, env, input, emit) {
      if (sourceOne) {
        const value = sourceOne(run, env, input);
        return value === undefined
          ? undefined
          : body.run(run, { value, parent: env }, input, emit);
      }
      drive(source, run, env, input, value =>
        destructure(run, env, input, binding, value, inner =>
          drive(body, run, inner, input, emit),
        ),
      );
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      drive(source, run, env, input, value =>
        destructure(run, env, input, binding, value, inner =>
          body.paths(run, inner, input, trail, emit),
        ),
      );
    },
  };
}

interface Fold {
  source: Code;
  binding: Binding;
  init: Code;
  update: Code;
}

/** `reduce source as pattern (init; update)` */
export function reduceCode({ source, binding, init, update }: Fold): Code {
  const { one: updateOne } = update;
  const each = (
    run: Run,
    env: Env | undefined,
    input: JqValue,
    visit: (inner: Env | undefined) => void,
  ) =>
    drive(source, run, env, input, value =>
      destructure(run, env, input, binding, value, inner => {
        run.step();
        visit(inner);
      }),
    );
  return {
    run(run, env, input, emit) {
      drive(init, run, env, input, initial => {
        let state: JqValue = initial;
        each(run, env, input, inner => {
          const old = state;
          state = null;
          if (updateOne) {
            state = updateOne(run, inner, old) ?? null;
          } else {
            drive(update, run, inner, old, value => {
              state = value;
            });
          }
        });
        emit(state);
      });
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      init.paths(run, env, input, trail, (initial, initialTrail) => {
        let state: JqValue = initial;
        let at: Trail = initialTrail;
        each(run, env, input, inner => {
          const old = state;
          state = null;
          update.paths(run, inner, old, at, (value, next) => {
            state = value;
            at = next;
          });
        });
        emit(state, at);
      });
    },
  };
}

/** `foreach source as pattern (init; update; extract)` */
export function foreachCode(
  { source, binding, init, update, extract }: Fold & { extract: Code },
  keepsState: boolean,
): Code {
  const runEach = (
    run: Run,
    env: Env | undefined,
    input: JqValue,
    initial: JqValue,
    emit: Emit,
  ) => {
    let state: JqValue = initial;
    drive(source, run, env, input, item =>
      destructure(run, env, input, binding, item, inner => {
        run.step();
        const old = state;
        state = keepsState ? old : null;
        drive(update, run, inner, old, value => {
          state = value;
          drive(extract, run, inner, value, emit);
        });
      }),
    );
  };
  const pathsEach = (
    run: Run,
    env: Env | undefined,
    input: JqValue,
    initial: { value: JqValue; trail: Trail },
    emit: EmitPath,
  ) => {
    let state = initial.value;
    let at = initial.trail;
    drive(source, run, env, input, item =>
      destructure(run, env, input, binding, item, inner => {
        run.step();
        const old = state;
        state = keepsState ? old : null;
        update.paths(run, inner, old, at, (value, next) => {
          state = value;
          at = next;
          extract.paths(run, inner, value, next, emit);
        });
      }),
    );
  };
  return {
    run(run, env, input, emit) {
      drive(init, run, env, input, initial =>
        runEach(run, env, input, initial, emit),
      );
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      init.paths(run, env, input, trail, (value, initialTrail) =>
        pathsEach(run, env, input, { value, trail: initialTrail }, emit),
      );
    },
  };
}
