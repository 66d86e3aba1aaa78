import { namedTest, not } from './pointTests';
import { fail, RegexCursor } from './RegexCursor';
import { readEscapedPoint, readEscapedSet } from './regexEscapes';
import { PointTest } from './RegexNode';

/** What is in brackets, the opening one being read. */
export function readCharacterClass(cursor: RegexCursor): PointTest {
  const isNegated = cursor.skip('^');
  const tests: PointTest[] = [];
  let isFirst = true;
  for (;;) {
    if (cursor.peek() === undefined) {
      fail('premature end of char-class');
    }
    if (!isFirst && cursor.skip(']')) {
      break;
    }
    isFirst = false;
    tests.push(readItem(cursor));
  }
  const isIn: PointTest = point => tests.some(test => test(point));
  return isNegated ? not(isIn) : isIn;
}

function readItem(cursor: RegexCursor): PointTest {
  const posix = readPosixClass(cursor);
  if (posix) {
    return posix;
  }
  if (cursor.peek() === '\\') {
    cursor.position++;
    const test = readEscapedSet(cursor);
    if (test) {
      return test;
    }
    cursor.position--;
  }
  const low = readPoint(cursor);
  if (
    cursor.peek() !== '-' ||
    cursor.peek(1) === ']' ||
    cursor.peek(1) === undefined
  ) {
    return point => point === low;
  }
  cursor.position++;
  const high = readPoint(cursor);
  if (high < low) {
    fail('empty range in char class');
  }
  return point => point >= low && point <= high;
}

function readPoint(cursor: RegexCursor): number {
  const next = cursor.take();
  if (next !== '\\') {
    return next.codePointAt(0) ?? 0;
  }
  if (cursor.peek() === undefined) {
    fail('end pattern at escape');
  }
  return cursor.skip('b') ? 8 : readEscapedPoint(cursor);
}

function readPosixClass(cursor: RegexCursor): PointTest | undefined {
  const rest = cursor.rest(14);
  const match = /^\[:(\^?)([a-z]+):\]/.exec(rest);
  const test = match ? namedTest(match[2]) : undefined;
  if (!match || !test) {
    return undefined;
  }
  cursor.position += match[0].length;
  return match[1] ? not(test) : test;
}
