import { JqValue } from './JqValue';
import { jsonText } from './jsonText';
import { typeName, TypeName } from './kinds';

/** Bytes of a value that error messages show. */
const shownBytes = 29;

const closings: Readonly<Partial<Record<TypeName, string>>> = {
  string: '"',
  array: ']',
  object: '}',
};

/** A value in an error message: its type and the start of its text. */
export function describe(value: JqValue): string {
  return `${typeName(value)} (${excerpt(value)})`;
}

export function excerpt(value: JqValue): string {
  const short =
    typeof value === 'string' ? value.slice(0, 2 * shownBytes) : value;
  const text = jsonText(short, { limit: 2 * shownBytes });
  if (byteLength(text, text.length) <= shownBytes) {
    return text;
  }
  const closing = closings[typeName(value)] ?? '';
  let end = Math.min(text.length, shownBytes);
  while (byteLength(text, end) > shownBytes - 3 - closing.length) {
    end--;
  }
  if (isLowSurrogate(text.charCodeAt(end))) {
    end--;
  }
  return `${text.slice(0, end)}...${closing}`;
}

function byteLength(text: string, end: number): number {
  let bytes = 0;
  for (let i = 0; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes += 1;
    } else if (unit < 0x800 || (unit >= 0xd800 && unit < 0xe000)) {
      bytes += 2;
    } else {
      bytes += 3;
    }
  }
  return bytes;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
