import { JqError } from '../errors';
import { Code, codeOfMany, drive, Env } from '../run/Code';
import { Run } from '../run/Run';
import { ArithmeticOperator, AssignmentOperator } from '../syntax/Ast';
import { arithmetic } from '../value/arithmetic';
import { excerpt } from '../value/describe';
import { JqPath, JqValue } from '../value/JqValue';
import { isSame, isTruthy } from '../value/kinds';
import { deletePaths, getPath, updatePath } from '../value/update';
import { breakable } from './control';
import { rootTrail, trailPath } from './navigation';

/** Calls back for each path that the code selects in the input. */
export function eachPath(
  code: Code,
  run: Run,
  env: Env | undefined,
  input: JqValue,
  visit: (path: JqPath, value: JqValue) => void,
) {
  code.paths(run, env, input, rootTrail(input), (value, trail) => {
    if (!isSame(trail.value, value)) {
      throw new JqError(
        `Invalid path expression with result ${excerpt(value)}`,
      );
    }
    visit(trailPath(trail), value);
  });
}

/** `target = value`: for each value, a copy of the input with all paths set to it. */
function setCode(target: Code, value: Code): Code {
  return codeOfMany((run, env, input, emit) => {
    drive(value, run, env, input, replacement => {
      let result = input;
      eachPath(target, run, env, input, path => {
        result = updatePath(
          result,
          path,
          () => replacement,
          count => run.grow(count),
        );
      });
      emit(result);
    });
    return undefined;
  });
}

/** Replaces what is at each path by what the update gives for it; nothing means: delete it. */
export function modify(
  target: Code,
  at: { run: Run; env: Env | undefined; input: JqValue },
  update: (old: JqValue) => JqValue | undefined,
): JqValue {
  const { run, env, input } = at;
  const onCopy = (count: number) => run.grow(count);
  const deleted: JqPath[] = [];
  let result = input;
  eachPath(target, run, env, input, path => {
    const value = update(getPath(result, path));
    if (value === undefined) {
      deleted.push(path);
    } else {
      result = updatePath(result, path, () => value, onCopy);
    }
  });
  return deletePaths(result, deleted, onCopy);
}

/** The first output of code; undefined when it has none. */
export function firstOutput(
  code: Code,
  run: Run,
  env: Env | undefined,
  input: JqValue,
): JqValue | undefined {
  if (code.one) {
    return code.one(run, env, input);
  }
  let first: JqValue | undefined;
  breakable(run, env, (_inner, signal) =>
    drive(code, run, env, input, value => {
      first = value;
      throw signal;
    }),
  );
  return first;
}

/** `target |= update` */
function updateCode(target: Code, update: Code): Code {
  return codeOfMany((run, env, input, emit) => {
    emit(
      modify(target, { run, env, input }, old =>
        firstOutput(update, run, env, old),
      ),
    );
    return undefined;
  });
}

/** `target += value` and its like: the value is evaluated on the input, once for all paths. */
function combineCode(
  target: Code,
  value: Code,
  combine: (run: Run, old: JqValue, value: JqValue) => JqValue,
): Code {
  return codeOfMany((run, env, input, emit) => {
    drive(value, run, env, input, operand =>
      emit(
        modify(target, { run, env, input }, old => combine(run, old, operand)),
      ),
    );
    return undefined;
  });
}

export function assignmentCode(
  operator: AssignmentOperator,
  target: Code,
  value: Code,
): Code {
  switch (operator) {
    case '=':
      return setCode(target, value);
    case '|=':
      return updateCode(target, value);
    case '//=':
      return combineCode(target, value, (_run, old, operand) =>
        isTruthy(old) ? old : operand,
      );
    default:
      return combineCode(
        target,
        value,
        arithmetic[operator[0] as ArithmeticOperator],
      );
  }
}
