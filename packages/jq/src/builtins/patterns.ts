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

interface Search {
  regex: Regex;
  isGlobal: boolean;
  /** The text in characters and in code points. */
  characters: string[];
  find: (from: number) => RegexMatch | undefined;
}

function optionsOf(flags: string): RegexOptions & { isGlobal: boolean } {
  const unknown = /[^gimnpslx]/.test(flags) || flags.includes('m');
  if (unknown) {
    throw new JqError(`${flags} is not a valid modifier string`);
  }
  return {
    isGlobal: flags.includes('g'),
    ignoresCase: flags.includes('i'),
    isExtended: flags.includes('x'),
    dotMatchesAll: flags.includes('p'),
    isMultiLine: false,
    isLongest: flags.includes('l'),
    isNotEmpty: flags.includes('n'),
  };
}

function search(
  run: Run,
  input: JqValue,
  pattern: JqValue,
  flags: JqValue,
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
  const { isGlobal, ...options } = optionsOf(flags ?? '');
  run.step(pattern.length);
  const regex = Regex.create(pattern, options);
  run.grow(2 * input.length);
  const characters = Array.from(input);
  const points = characters.map(character => character.codePointAt(0) ?? 0);
  return { regex, isGlobal, characters, find: regex.matcher(run, points) };
}

function eachMatch(
  { isGlobal, characters, find }: Search,
  visit: (match: RegexMatch) => void,
) {
  let from = 0;
  while (from <= characters.length) {
    const match = find(from);
    if (!match) {
      return;
    }
    visit(match);
    if (!isGlobal) {
      return;
    }
    from = match.end > match.start ? match.end : match.end + 1;
  }
}

function textOf({ characters }: Search, { start, end }: Span): string {
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

function matchObject(run: Run, found: Search, match: RegexMatch): JqObject {
  const object = emptyObject();
  object.offset = match.start;
  object.length = match.end - match.start;
  object.string = textOf(found, match);
  object.captures = match.groups.map((span, i) =>
    captureObject(found, span, found.regex.names[i]),
  );
  run.grow(match.end - match.start + 4 * (1 + match.groups.length));
  return object;
}

/** Texts of the named groups by their names. */
function namedCaptures(found: Search, match: RegexMatch): JqObject {
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

/** `name(pattern)` and `name(pattern; flags)`. */
function matching(use: Use, extraFlags = '') {
  const apply = (
    call: Call,
    [pattern, flags]: [JqValue, JqValue],
    emit: (value: JqValue) => void,
  ) => {
    const allFlags =
      extraFlags === '' ? flags : add(call.run, extraFlags, flags);
    use(call, search(call.run, call.input, pattern, allFlags), emit);
  };
  return {
    one: generator((call, [pattern], emit) =>
      each(call, pattern, value => apply(call, patternAndFlags(value), emit)),
    ),
    two: generator((call, [pattern, flags], emit) =>
      each(call, flags, flagsValue =>
        each(call, pattern, value => apply(call, [value, flagsValue], emit)),
      ),
    ),
  };
}

const match = matching(({ run }, found, emit) =>
  eachMatch(found, at => emit(matchObject(run, found, at))),
);
const test = matching((_call, found, emit) =>
  emit(found.find(0) !== undefined),
);
const capture = matching(({ run }, found, emit) =>
  eachMatch(found, at => {
    run.grow(found.regex.names.length);
    emit(namedCaptures(found, at));
  }),
);
const scan = matching(({ run }, found, emit) => {
  eachMatch(found, at => {
    run.grow(1 + at.end - at.start);
    emit(
      at.groups.length === 0
        ? textOf(found, at)
        : at.groups.map(span => (span ? textOf(found, span) : null)),
    );
  });
}, 'g');

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

const splits = matching(
  ({ run }, found, emit) => pieces(run, found).forEach(piece => emit(piece)),
  'g',
);
const split = matching(({ run }, found, emit) => emit(pieces(run, found)), 'g');

/**
 * The n-th result is made of the n-th outputs of the replacement for each match; a text without
 * replacements is itself the result.
 */
function substitute(
  call: Call,
  found: Search,
  replacement: Code,
  emit: (value: JqValue) => void,
) {
  const { run } = call;
  const results: JqValue[] = [];
  let from = 0;
  eachMatch(found, at => {
    const gap = textOf(found, { start: from, end: at.start });
    outputs(call, replacement, namedCaptures(found, at)).forEach(
      (insert, i) => {
        const piece = add(run, gap, insert);
        results[i] = add(run, results[i] ?? null, piece);
      },
    );
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
}

/** `name(pattern; replacement)` and with flags. */
function substituting(extraFlags: string) {
  const apply = (
    call: Call,
    replacement: Code,
    [pattern, flags]: [JqValue, JqValue],
    emit: (value: JqValue) => void,
  ) => {
    const allFlags = add(
      call.run,
      flags,
      extraFlags === '' ? null : extraFlags,
    );
    const found = search(call.run, call.input, pattern, allFlags);
    substitute(call, found, replacement, emit);
  };
  return {
    two: generator((call, [pattern, replacement], emit) =>
      each(call, pattern, value =>
        apply(call, replacement, [value, null], emit),
      ),
    ),
    three: generator((call, [pattern, replacement, flags], emit) =>
      each(call, pattern, value =>
        each(call, flags, flagsValue =>
          apply(call, replacement, [value, flagsValue], emit),
        ),
      ),
    ),
  };
}

const sub = substituting('');
const gsub = substituting('g');

/** Regular expressions. */
export const patterns: BuiltinTable = {
  'match/1': match.one,
  'match/2': match.two,
  'test/1': test.one,
  'test/2': test.two,
  'capture/1': capture.one,
  'capture/2': capture.two,
  'scan/1': scan.one,
  'scan/2': scan.two,
  'splits/1': splits.one,
  'splits/2': splits.two,
  'split/2': split.two,
  'sub/2': sub.two,
  'sub/3': sub.three,
  'gsub/2': gsub.two,
  'gsub/3': gsub.three,
};
