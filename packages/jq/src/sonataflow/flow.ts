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
  'first/1': defined('def first(f): label $done | (f | ., break $done);'),
  'any/0': defined('def any: any(.);'),
  'any/1': defined('def any(f): any(.[]; f);'),
  'any/2': defined(
    `def any(source; f): [
      label $done
        | foreach source as $item (false;
            if . then break $done elif ($item | f) then true else . end;
            select(.))
      ] | length == 1;`,
  ),
  'all/0': defined('def all: all(.);'),
  'all/1': defined('def all(f): all(.[]; f);'),
  'all/2': defined(
    `def all(source; f): [
      label $done
        | foreach source as $item (true;
            if not then break $done elif ($item | f) then . else false end;
            select(not))
      ] | length == 0;`,
  ),
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
  'paths/1': defined(
    `def paths(f): . as $whole
      | path(..) | select(length > 0) | select(. as $path | $whole | getpath($path) | f);`,
  ),
  'paths/0': defined('def paths: paths(. != null);'),
};
