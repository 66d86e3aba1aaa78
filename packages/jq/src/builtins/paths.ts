import { eachPath } from '../compile/assignment';
import { Code, codeOfMany, codeOfOne, drive, Emit } from '../run/Code';
import { index, iterate, notAPath } from '../value/access';
import { add } from '../value/arithmetic';
import { JqPath, JqValue } from '../value/JqValue';
import { isSame } from '../value/kinds';
import { asPath, deletePaths, getPath, updatePath } from '../value/update';
import {
  BuiltinTable,
  Call,
  defined,
  each,
  generator,
  plainFunction,
  special,
} from './Builtin';
import { length } from './containers';

/** In a path expression, `getpath` leads on from where its input is. */
function getPathCode([path]: readonly Code[]): Code {
  return {
    ...codeOfMany((run, env, input, emit) => {
      drive(path, run, env, input, keys => {
        const wanted = asPath(keys);
        run.step(wanted.length);
        emit(getPath(input, wanted));
      });
      return undefined;
    }),
    paths(run, env, input, trail, emit) {
      drive(path, run, env, input, keys => {
        if (!isSame(trail.value, input)) {
          throw notAPath('access', input);
        }
        let at = trail;
        const value = getPath(input, asPath(keys));
        const wanted = asPath(keys);
        for (const [i, key] of wanted.entries()) {
          run.step();
          at = {
            parent: at,
            key,
            value: i === wanted.length - 1 ? value : null,
          };
        }
        emit(value, at);
      });
    },
  };
}

const deleteCode = ([target]: readonly Code[]): Code =>
  codeOfOne((run, env, input) => {
    const paths: JqValue[] = [];
    eachPath(target, run, env, input, path => paths.push(path));
    return deletePaths(input, paths, count => run.grow(count));
  });

/** A leaf is `[path, leaf]`; after the last child of a container comes `[path of that child]`. */
function streamEvents(call: Call, value: JqValue, path: JqPath, emit: Emit) {
  const { run } = call;
  let last: JqPath | undefined;
  run.enter();
  if (typeof value === 'object' && value !== null) {
    iterate(value, (child, key) => {
      last = [...path, key];
      run.grow(last.length);
      streamEvents(call, child, last, emit);
    });
  }
  run.leave();
  emit(last ? [last] : [path, value]);
}

function fromEvents(call: Call, events: Code, emit: Emit) {
  const { run } = call;
  let value: JqValue = null;
  each(call, events, event => {
    const path = index(event, 0);
    const isLeaf = length(run, event) === 2;
    if (isLeaf) {
      const leaf = index(event, 1);
      value = updatePath(
        value,
        asPath(add(run, [], path)),
        () => leaf,
        count => run.grow(count),
      );
    }
    if (length(run, path) === (isLeaf ? 0 : 1)) {
      emit(value);
      value = null;
    }
  });
}

/** Paths: what leads to a value inside another. */
export const paths: BuiltinTable = {
  'path/1': special(([target]) =>
    codeOfMany((run, env, input, emit) => {
      eachPath(target, run, env, input, path => {
        run.grow(path.length + 1);
        emit(path);
      });
      return undefined;
    }),
  ),
  'paths/0': defined('def paths: path(..) | select(length > 0);'),
  'paths/1': defined(
    'def paths(f): path(.. | select(f)) | select(length > 0);',
  ),
  'leaf_paths/0': defined('def leaf_paths: paths(scalars);'),
  'getpath/1': special(getPathCode),
  'setpath/2': plainFunction((run, input, [path, value]) =>
    updatePath(
      input,
      asPath(path),
      () => value,
      count => run.grow(count),
    ),
  ),
  'delpaths/1': plainFunction((run, input, [removed]) =>
    deletePaths(input, removed, count => run.grow(count)),
  ),
  'del/1': special(deleteCode),
  'pick/1': defined(
    `def pick(f): . as $whole
      | reduce path(f) as $path (null; setpath($path; $whole | getpath($path)));`,
  ),
  'tostream/0': generator((call, _args, emit) =>
    streamEvents(call, call.input, [], emit),
  ),
  'fromstream/1': generator((call, [events], emit) =>
    fromEvents(call, events, emit),
  ),
  'truncate_stream/1': defined(
    `def truncate_stream(events): . as $depth | null | events
      | . as $event | if (.[0] | length) > $depth then setpath([0]; $event[0][$depth:]) else empty end;`,
  ),
};
