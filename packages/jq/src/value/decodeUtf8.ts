const replacement = '\ufffd';

/**
 * Text from UTF-8. Each broken sequence becomes one replacement character; as in jq, one that the end
 * cuts off takes all the rest.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at]);
    const end = Math.min(at + Math.max(length, 1), bytes.length);
    const broken = firstBroken(bytes, at, end);
    const isWhole = length > 0 && broken === at + length;
    text += isWhole ? decodeSequence(bytes, at, length) : replacement;
    at = broken;
  }
  return text;
}

/** 0 for a byte that can't start a sequence. */
function sequenceLength(byte: number): number {
  if (byte < 0x80) {
    return 1;
  }
  if (byte < 0xc2 || byte > 0xf4) {
    return 0;
  }
  if (byte < 0xe0) {
    return 2;
  }
  return byte < 0xf0 ? 3 : 4;
}

/** The first byte after the start that does not continue the sequence. */
function firstBroken(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start + 1; i < end; i++) {
    if ((bytes[i] & 0xc0) !== 0x80) {
      return start + sequenceLength(bytes[start]) > bytes.length ? end : i;
    }
  }
  return end;
}

const minimums = [0, 0, 0x80, 0x800, 0x10000];

function decodeSequence(
  bytes: Uint8Array,
  start: number,
  length: number,
): string {
  let point = length === 1 ? bytes[start] : bytes[start] & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    point = (point << 6) | (bytes[start + i] & 0x3f);
  }
  const isValid =
    point >= minimums[length] &&
    point <= 0x10ffff &&
    !(point >= 0xd800 && point < 0xe000);
  return isValid ? String.fromCodePoint(point) : replacement;
}
