import { fail, RegexCursor } from './RegexCursor';
import { isDigit, isSpace, isWord, namedTest, not } from './pointTests';
import { PointTest } from './RegexNode';

const controls: Readonly<Record<string, number>> = {
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  a: 7,
  e: 27,
};

/** `\d` and its like; undefined when the escape is a character. */
export function readEscapedSet(cursor: RegexCursor): PointTest | undefined {
  const sets: Readonly<Record<string, PointTest>> = {
    d: isDigit,
    w: isWord,
    s: isSpace,
  };
  const letter = cursor.peek() ?? '';
  const test = sets[letter.toLowerCase()];
  if (test) {
    cursor.position++;
    return letter in sets ? test : not(test);
  }
  if ((letter === 'p' || letter === 'P') && cursor.peek(1) === '{') {
    cursor.position += 2;
    const isInverted = cursor.skip('^') !== (letter === 'P');
    const name = cursor.readName('}', 'invalid character property name');
    const found =
      namedTest(name) ?? fail(`invalid character property name {${name}}`);
    return isInverted ? not(found) : found;
  }
  return undefined;
}

/** The character that an escape stands for. */
export function readEscapedPoint(cursor: RegexCursor): number {
  const letter = cursor.take();
  if (letter === 'x') {
    return readHexPoint(cursor);
  }
  if (/[0-7]/.test(letter)) {
    let digits = letter;
    while (digits.length < 3 && /[0-7]/.test(cursor.peek() ?? '')) {
      digits += cursor.take();
    }
    return parseInt(digits, 8);
  }
  return controls[letter] ?? letter.codePointAt(0) ?? 0;
}

function readHexPoint(cursor: RegexCursor): number {
  if (cursor.skip('{')) {
    const digits = cursor.readName('}', 'invalid code point value');
    const point = parseInt(digits, 16);
    return point <= 0x10ffff ? point : fail('too big wide-char value');
  }
  let digits = '';
  while (digits.length < 2 && /[0-9a-fA-F]/.test(cursor.peek() ?? '')) {
    digits += cursor.take();
  }
  return digits === '' ? 0 : parseInt(digits, 16);
}
