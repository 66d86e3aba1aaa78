import { Code, drive, Emit, EmitPath, Trail } from '../run/Code';
import { Run } from '../run/Run';
import { JqValue } from '../value/JqValue';
import { isObject, isSame } from '../value/kinds';
import { identity, iterateCode } from './navigation';

/** Visits a value and everything inside it, parents first, without recursion. */
function visitAll(run: Run, root: JqValue, emit: Emit) {
  const stack: JqValue[] = [root];
  while (stack.length > 0) {
    const value = stack.pop() ?? null;
    run.step();
    emit(value);
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i--) {
        stack.push(value[i]);
      }
    } else if (isObject(value)) {
      const keys = Object.keys(value);
      for (let i = keys.length - 1; i >= 0; i--) {
        stack.push(value[keys[i]]);
      }
    }
  }
}

function visitAllPaths(run: Run, root: Trail, emit: EmitPath) {
  const stack: Trail[] = [root];
  for (let at = stack.pop(); at; at = stack.pop()) {
    run.step();
    emit(at.value, at);
    const { value } = at;
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i--) {
        stack.push({ parent: at, key: i, value: value[i] });
      }
    } else if (isObject(value)) {
      const keys = Object.keys(value);
      for (let i = keys.length - 1; i >= 0; i--) {
        stack.push({ parent: at, key: keys[i], value: value[keys[i]] });
      }
    }
  }
}

/** `..` */
export const recurseAll: Code = {
  run(run, _env, input, emit) {
    visitAll(run, input, emit);
    return undefined;
  },
  paths(run, env, input, trail, emit) {
    if (isSame(trail.value, input)) {
      visitAllPaths(run, trail, emit);
    } else {
      // Fails where it comes to something inside, as it is not on a path.
      emit(input, trail);
      iterateCode(identity, true).paths(run, env, input, trail, emit);
    }
  },
};

/** `., (step | recurse(step))`; a step with at most one output is a loop. */
export function recurseCode(step: Code): Code {
  const { one } = step;
  return {
    run(run, env, input, emit) {
      if (one) {
        let value: JqValue | undefined = input;
        while (value !== undefined) {
          run.step();
          emit(value);
          value = one(run, env, value);
        }
        return undefined;
      }
      const visit = (value: JqValue) => {
        run.step();
        run.enter();
        emit(value);
        drive(step, run, env, value, visit);
        run.leave();
      };
      visit(input);
      return undefined;
    },
    paths(run, env, input, trail, emit) {
      const visit: EmitPath = (value, at) => {
        run.step();
        run.enter();
        emit(value, at);
        step.paths(run, env, value, at, visit);
        run.leave();
      };
      visit(input, trail);
    },
  };
}
