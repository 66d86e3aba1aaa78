import { JqValue } from './JqValue';
import { isObject } from './kinds';
import { numberText } from './numberText';

/** Deeper values are not written. */
const maxDepth = 10_000;
const tooDeep = '<skipped: too deep>';

/** Called with the number of characters that were written. */
export type OnWrite = (characters: number) => void;

type NumberWriter = (value: number) => string;

export interface JsonTextOptions {
  onWrite?: OnWrite;
  writeNumber?: NumberWriter;
  /** Stops soon after that many characters. */
  limit?: number;
}

/** JSON text without spaces, as `tojson` gives it. Does not recurse, so that depth can't hurt. */
export function jsonText(
  value: JqValue,
  options: JsonTextOptions = {},
): string {
  const { onWrite, writeNumber = numberText, limit = Infinity } = options;
  const scalar = scalarText(value, writeNumber);
  if (scalar !== undefined) {
    onWrite?.(scalar.length);
    return scalar;
  }
  return containerText(value, { onWrite, writeNumber, limit });
}

function scalarText(
  value: JqValue,
  writeNumber: NumberWriter,
): string | undefined {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return writeNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      return value === null || value === undefined ? 'null' : undefined;
  }
}

// eslint-disable-next-line no-control-regex
const needsEscape = /["\\\u0000-\u001f\u007f\ud800-\udfff]/;

function quoted(text: string): string {
  return needsEscape.test(text)
    ? JSON.stringify(text).replace(/\u007f/g, '\\u007f')
    : `"${text}"`;
}

/** A container that is being written, and how far. */
interface Frame {
  values: JqValue[];
  keys: string[] | undefined;
  next: number;
}

function open(value: JqValue): Frame {
  if (isObject(value)) {
    const keys = Object.keys(value);
    return { keys, values: keys.map(key => value[key]), next: 0 };
  }
  return {
    keys: undefined,
    values: Array.isArray(value) ? value : [],
    next: 0,
  };
}

function containerText(
  root: JqValue,
  options: JsonTextOptions & { writeNumber: NumberWriter; limit: number },
): string {
  const { onWrite, writeNumber, limit } = options;
  const stack = [open(root)];
  let text = stack[0].keys ? '{' : '[';
  while (stack.length > 0 && text.length <= limit) {
    const frame = stack[stack.length - 1];
    if (frame.next === frame.values.length) {
      text += frame.keys ? '}' : ']';
      stack.pop();
      continue;
    }
    const value = frame.values[frame.next];
    let piece = frame.next > 0 ? ',' : '';
    if (frame.keys) {
      piece += `${quoted(frame.keys[frame.next])}:`;
    }
    frame.next++;
    const scalar =
      scalarText(value, writeNumber) ??
      (stack.length > maxDepth ? tooDeep : undefined);
    if (scalar === undefined) {
      stack.push(open(value));
      piece += stack[stack.length - 1].keys ? '{' : '[';
    } else {
      piece += scalar;
    }
    onWrite?.(piece.length);
    text += piece;
  }
  return text;
}
