import {
  patternBuiltins,
  Substitute,
  eachMatch,
  namedCaptures,
  textOf,
} from '../builtins/patterns';
import { drive } from '../run/Code';
import { JqValue } from '../value/JqValue';
import { javaNumberText } from '../value/javaNumberText';
import { RegexMatch } from '../regex/Regex';

/** As Jackson's `asText`: containers have none. */
function asText(value: JqValue): string {
  if (typeof value === 'number') {
    return javaNumberText(value);
  }
  return typeof value === 'object' && value !== null ? '' : String(value);
}

/** Every combination of the outputs of the replacement; those for the last match change slowest. */
const substitute: Substitute = (call, found, replacement, emit) => {
  const { run, env } = call;
  const matches: RegexMatch[] = [];
  eachMatch(found, match => {
    run.grow(1);
    matches.push(match);
  });
  const prepend = (at: number, end: number, text: string) => {
    if (at < 0) {
      emit(textOf(found, { start: 0, end }) + text);
      return;
    }
    const match = matches[at];
    const rest = textOf(found, { start: match.end, end }) + text;
    run.enter();
    drive(replacement, run, env, namedCaptures(found, match), insert => {
      const extended = asText(insert) + rest;
      run.grow(extended.length);
      prepend(at - 1, match.start, extended);
    });
    run.leave();
  };
  prepend(matches.length - 1, found.characters.length, '');
};

/** Regular expressions of jackson-jq. */
export const patterns = patternBuiltins({
  flags: 'gimnpslx',
  dotFlags: 'mp',
  hasGroupsOfEmptyMatch: false,
  matchesAtEnd: false,
  substitute,
});
