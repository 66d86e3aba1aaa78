import { add } from '../value/arithmetic';
import { Code } from '../run/Code';
import { Run } from '../run/Run';
import { JqError } from '../errors';
import { Regex, RegexMatch, RegexOptions, Span } from '../regex/Regex';
import { describe } from '../value/describe';
import { JqValue } from '../value/JqValue';
import { JqObject, typeName } from '../value/kinds';
import { emptyObject } from '../value/objects';
import { BuiltinTable, Call, each, generator, outputs } from './Builtin';

/** In what the dialects' regular expressions differ. */
export interface PatternStyle {
  /** Letters that may be given as flags. */
  flags: string;
  /** Letters that let a dot match line breaks. */
  dotFlags: string;
  /** Whether an empty match tells its groups. */
  hasGroupsOfEmptyMatch: boolean;
  /** Whether an empty match at the end of the text counts after others. */
  matchesAtEnd: boolean;
  /** How replacements are put together. */
  substitute: Substitute;
}

export type Substitute = (
  call: Call,
  found: Search,
  replacement: Code,
  emit: (value: JqValue) => void,
) => void;

export interface Search {
  style: PatternStyle;
  regex: Regex;
  isGlobal: boolean;
  /** The text in characters and in code points. */
  characters: string[];
  find: (from: number) => RegexMatch | undefined;
}

function optionsOf(
  flags: string,
  style: PatternStyle,
): RegexOptions & { isGlobal: boolean } {
  const isKnown = Array.from(flags).every(flag => style.flags.includes(flag));
  if (!isKnown) {
    throw new JqError(`${flags} is not a valid modifier string`);
  }
  return {
    isGlobal: flags.includes('g'),
    ignoresCase: flags.includes('i'),
    isExtended: flags.includes('x'),
    dotMatchesAll: Array.from(style.dotFlags).some(flag =>
      flags.includes(flag),
    ),
    isMultiLine: false,
    isLongest: flags.includes('l'),
    isNotEmpty: flags.includes('n'),
  };
}

function search(
  { run, input }: Call,
  pattern: JqValue,
  flags: JqValue,
  style: PatternStyle,
): Search {
  if (typeof input !== 'string') {
    throw new JqError(
      `${describe(input)} cannot be matched, as it is not a string`,
    );
  }
  if (typeof pattern !== 'string') {
    throw new JqError(
      `${describe(pattern)} cannot be matched, as it is not a string`,
    );
  }
  if (flags !== null && typeof flags !== 'string') {
    throw new JqError(`${describe(flags)} is not a string`);
  }
  const { isGlobal, ...options } = optionsOf(flags ?? '', style);
  run.step(pattern.length);
  const regex = Regex.create(pattern, options);
  run.grow(2 * input.length);
  const characters = Array.from(input);
  const points = characters.map(character => character.codePointAt(0) ?? 0);
  return {
    style,
    regex,
    isGlobal,
    characters,
    find: regex.matcher(run, points),
  };
}

export function eachMatch(
  { isGlobal, characters, find, style }: Search,
  visit: (match: RegexMatch) => void,
) {
  const last = characters.length;
  let from = 0;
  do {
    const match = find(from);
    if (!match) {
      return;
    }
    visit(match);
    from = match.end > match.start ? match.end : match.end + 1;
  } while (isGlobal && (from < last || (style.matchesAtEnd && from === last)));
}

export function textOf({ characters }: Search, { start, end }: Span): string {
  return characters.slice(start, end).join('');
}

function captureObject(
  found: Search,
  span: Span | undefined,
  name: string | undefined,
): JqObject {
  const capture = emptyObject();
  capture.offset = span ? span.start : -1;
  capture.length = span ? span.end - span.start : 0;
  capture.string = span ? textOf(found, span) : null;
  capture.name = name ?? null;
  return capture;
}

function groupsOf({ style }: Search, match: RegexMatch): (Span | undefined)[] {
  const hasGroups = style.hasGroupsOfEmptyMatch || match.end > match.start;
  return hasGroups ? match.groups : [];
}

function matchObject(run: Run, found: Search, match: RegexMatch): JqObject {
  const object = emptyObject();
  object.offset = match.start;
  object.length = match.end - match.start;
  object.string = textOf(found, match);
  object.captures = groupsOf(found, match).map((span, i) =>
    captureObject(found, span, found.regex.names[i]),
  );
  run.grow(match.end - match.start + 4 * (1 + match.groups.length));
  return object;
}

/** Texts of the named groups by their names. */
export function namedCaptures(found: Search, match: RegexMatch): JqObject {
  const captures = emptyObject();
  found.regex.names.forEach((name, i) => {
    if (name !== undefined) {
      const span = match.groups[i];
      captures[name] = span ? textOf(found, span) : null;
    }
  });
  return captures;
}

/** A pattern may be given with its flags as `[pattern, flags]`. */
function patternAndFlags(value: JqValue): [JqValue, JqValue] {
  if (Array.isArray(value)) {
    return [value[0] ?? null, value[1] ?? null];
  }
  if (typeof value !== 'string') {
    throw new JqError(`${typeName(value)} not a string or array`);
  }
  return [value, null];
}

type Use = (call: Call, found: Search, emit: (value: JqValue) => void) => void;

/** `name/1` and `name/2`: with a pattern, or with a pattern and flags. */
function matching(
  name: string,
  style: PatternStyle,
  use: Use,
  extraFlags: string = '',
  takesFlags = true,
): BuiltinTable {
  const apply = (
    call: Call,
    [pattern, flags]: [JqValue, JqValue],
    emit: (value: JqValue) => void,
  ) => {
    const allFlags =
      extraFlags === '' ? flags : add(call.run, extraFlags, flags);
    use(call, search(call, pattern, allFlags, style), emit);
  };
  return {
    [`${name}/1`]: generator((call, [pattern], emit) =>
      each(call, pattern, value =>
        apply(call, takesFlags ? patternAndFlags(value) : [value, null], emit),
      ),
    ),
    [`${name}/2`]: generator((call, [pattern, flags], emit) =>
      each(call, flags, flagsValue =>
        each(call, pattern, value => apply(call, [value, flagsValue], emit)),
      ),
    ),
  };
}

const match: Use = ({ run }, found, emit) =>
  eachMatch(found, at => emit(matchObject(run, found, at)));

const test: Use = (_call, found, emit) => emit(found.find(0) !== undefined);

const capture: Use = ({ run }, found, emit) =>
  eachMatch(found, at => {
    run.grow(found.regex.names.length);
    emit(
      groupsOf(found, at).length > 0 ? namedCaptures(found, at) : emptyObject(),
    );
  });

const scan: Use = ({ run }, found, emit) =>
  eachMatch(found, at => {
    run.grow(1 + at.end - at.start);
    const groups = groupsOf(found, at);
    emit(
      groups.length === 0
        ? textOf(found, at)
        : groups.map(span => (span ? textOf(found, span) : null)),
    );
  });

function pieces(run: Run, found: Search): string[] {
  const result: string[] = [];
  let from = 0;
  eachMatch(found, at => {
    run.grow(1);
    result.push(textOf(found, { start: from, end: at.start }));
    from = at.end;
  });
  result.push(textOf(found, { start: from, end: found.characters.length }));
  return result;
}

const splits: Use = ({ run }, found, emit) =>
  pieces(run, found).forEach(piece => emit(piece));

const split: Use = ({ run }, found, emit) => emit(pieces(run, found));

/**
 * The n-th result is made of the n-th outputs of the replacement for each match; a text without
 * replacements is itself the result.
 */
const substituteInStep: Substitute = (call, found, replacement, emit) => {
  const { run } = call;
  const results: JqValue[] = [];
  let from = 0;
  eachMatch(found, at => {
    const gap = textOf(found, { start: from, end: at.start });
    const captures = namedCaptures(found, at);
    outputs(call, replacement, captures).forEach((insert, i) => {
      const piece = add(run, gap, insert);
      results[i] = add(run, results[i] ?? null, piece);
    });
    from = at.end;
  });
  if (results.length === 0) {
    emit(call.input);
    return;
  }
  const rest = textOf(found, { start: from, end: found.characters.length });
  for (const result of results) {
    emit(add(run, result, rest));
  }
};

/** `name/2` and `name/3`: with a pattern and a replacement, and with flags. */
function substituting(
  name: string,
  style: PatternStyle,
  extraFlags: JqValue,
): BuiltinTable {
  const apply = (
    call: Call,
    replacement: Code,
    [pattern, flags]: [JqValue, JqValue],
    emit: (value: JqValue) => void,
  ) => {
    const allFlags = add(call.run, flags, extraFlags);
    const found = search(call, pattern, allFlags, style);
    style.substitute(call, found, replacement, emit);
  };
  return {
    [`${name}/2`]: generator((call, [pattern, replacement], emit) =>
      each(call, pattern, value =>
        apply(call, replacement, [value, null], emit),
      ),
    ),
    [`${name}/3`]: generator((call, [pattern, replacement, flags], emit) =>
      each(call, pattern, value =>
        each(call, flags, flagsValue =>
          apply(call, replacement, [value, flagsValue], emit),
        ),
      ),
    ),
  };
}

/** Regular expressions in the style of a dialect. */
export function patternBuiltins(style: PatternStyle): BuiltinTable {
  const { 'split/2': splitWithFlags } = matching('split', style, split, 'g');
  return {
    ...matching('match', style, match),
    ...matching('test', style, test),
    ...matching('capture', style, capture),
    ...matching('scan', style, scan, 'g'),
    ...matching('splits', style, splits, 'g', false),
    'split/2': splitWithFlags,
    ...substituting('sub', style, null),
    ...substituting('gsub', style, 'g'),
  };
}

/** Regular expressions of jq. */
export const patterns = patternBuiltins({
  flags: 'ginpslx',
  dotFlags: 'p',
  hasGroupsOfEmptyMatch: true,
  matchesAtEnd: true,
  substitute: substituteInStep,
});
