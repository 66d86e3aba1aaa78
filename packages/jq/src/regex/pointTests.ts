import { PointTest } from './RegexNode';

function byPattern(pattern: RegExp): PointTest {
  return point => pattern.test(String.fromCodePoint(point));
}

function ascii(pattern: RegExp, other: PointTest): PointTest {
  return point =>
    point < 128 ? pattern.test(String.fromCharCode(point)) : other(point);
}

export const isWord = ascii(/\w/, byPattern(/[\p{L}\p{M}\p{N}\p{Pc}]/u));
export const isDigit = ascii(/\d/, byPattern(/\p{Nd}/u));
export const isSpace = ascii(/\s/, byPattern(/[\u0085\p{Z}]/u));

/** Sets by the names that `[:name:]` and `\p{name}` know besides Unicode's own. */
const named: Readonly<Record<string, PointTest>> = {
  alnum: byPattern(/[\p{L}\p{M}\p{Nd}]/u),
  alpha: byPattern(/[\p{L}\p{M}]/u),
  ascii: point => point < 128,
  blank: point => point === 9 || byPattern(/\p{Zs}/u)(point),
  cntrl: byPattern(/\p{C}/u),
  digit: isDigit,
  graph: byPattern(/[^\p{Z}\p{C}\s]/u),
  lower: byPattern(/\p{Ll}/u),
  print: byPattern(/[^\p{C}]/u),
  punct: byPattern(/[\p{P}$+<=>^`|~]/u),
  space: isSpace,
  upper: byPattern(/\p{Lu}/u),
  xdigit: byPattern(/[0-9a-fA-F]/),
  word: isWord,
};

/** The set of that name; undefined when there is none. */
export function namedTest(name: string): PointTest | undefined {
  const known = named[name.toLowerCase().replace(/[ _-]/g, '')];
  if (known) {
    return known;
  }
  for (const property of [name, `Script=${name}`]) {
    try {
      return byPattern(new RegExp(`\\p{${property}}`, 'u'));
    } catch {
      // Not a property of that kind.
    }
  }
  return undefined;
}

export function not(test: PointTest): PointTest {
  return point => !test(point);
}

export function foldCase(point: number): number {
  const lower = String.fromCodePoint(point).toLowerCase();
  const folded = lower.codePointAt(0) ?? point;
  return lower.length === String.fromCodePoint(folded).length ? folded : point;
}

export function ignoringCase(test: PointTest): PointTest {
  return point => {
    if (test(point)) {
      return true;
    }
    const text = String.fromCodePoint(point);
    return [text.toLowerCase(), text.toUpperCase()].some(variant =>
      test(variant.codePointAt(0) ?? point),
    );
  };
}
