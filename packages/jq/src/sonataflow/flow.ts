import { BuiltinTable, defined, each, generator } from '../builtins/Builtin';
import { JqError } from '../errors';
import { JqValue } from '../value/JqValue';

function failUnlessNull(value: JqValue) {
  if (value !== null) {
    throw new JqError(value);
  }
}

/** Control flow that does something else than in jq. */
export const flow: BuiltinTable = {
  'error/0': generator(({ input }) => failUnlessNull(input)),
  'error/1': generator((call, [message]) =>
    each(call, message, failUnlessNull),
  ),
  'recurse/0': defined('def recurse: recurse(.[]?);'),
  'recurse/1': defined(
    'def recurse(f): def again: ., (f | select(. != null) | again); again;',
  ),
  'recurse_down/0': defined('def recurse_down: recurse;'),
  'limit/2': defined(
    `def limit(n; f): n as $n
      | if $n < 0 then f
        else label $done
          | foreach f as $item (0; . + 1; if . > $n then break $done else $item end) end;`,
  ),
  'last/1': defined('def last(f): reduce f as $item (null; $item);'),
  'nth/2': defined(
    `def nth(n; f): n as $n
      | if $n < 0 then error("nth doesn't support negative indices")
        else last(limit($n + 1; f)) end;`,
  ),
  'walk/1': defined(
    `def walk(f): . as $in
      | if type == "object" then
          reduce keys[] as $key ({}; . + {($key): ($in[$key] | walk(f))}) | f
        elif type == "array" then map(walk(f)) | f
        else f end;`,
  ),
  'paths/0': defined('def paths: paths(. != null);'),
};
