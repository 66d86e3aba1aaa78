import { fail, RegexCursor } from './RegexCursor';

const maxRepeat = 100_000;

/** How often, and how eagerly, something is repeated. */
export interface Repeat {
  min: number;
  max: number;
  mode: 'greedy' | 'lazy' | 'possessive';
}

/** Reads the operator that repeats what stands before it; undefined when there is none. */
export function readRepeat(cursor: RegexCursor): Repeat | undefined {
  const bounds = readBounds(cursor);
  if (!bounds) {
    return undefined;
  }
  const [min, max] = bounds;
  if (cursor.skip('?')) {
    return { min, max, mode: 'lazy' };
  }
  return { min, max, mode: cursor.skip('+') ? 'possessive' : 'greedy' };
}

function readBounds(cursor: RegexCursor): [number, number] | undefined {
  if (cursor.skip('*')) {
    return [0, Infinity];
  }
  if (cursor.skip('+')) {
    return [1, Infinity];
  }
  if (cursor.skip('?')) {
    return [0, 1];
  }
  return cursor.peek() === '{' ? readCountedBounds(cursor) : undefined;
}

/** Braces that are no bounds stand for themselves. */
function readCountedBounds(cursor: RegexCursor): [number, number] | undefined {
  const match = /^\{(\d+)(,?)(\d*)\}/.exec(cursor.rest(20));
  if (!match) {
    return undefined;
  }
  cursor.position += match[0].length;
  const min = Number(match[1]);
  const open = match[3] === '' ? Infinity : Number(match[3]);
  const max = match[2] === '' ? min : open;
  if (max < min) {
    fail('upper is smaller than lower in repeat range');
  }
  if (min > maxRepeat || (max !== Infinity && max > maxRepeat)) {
    fail('too big number is specified for repeat range');
  }
  return [min, max];
}
