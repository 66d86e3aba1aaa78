import { decodeUtf8 } from './decodeUtf8';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 of the UTF-8 bytes of a text. */
export function encodeBase32(text: string): string {
  let bits = 0;
  let bitCount = 0;
  let encoded = '';
  for (const byte of new TextEncoder().encode(text)) {
    bits = ((bits << 8) | byte) & 0xfff;
    bitCount += 8;
    while (bitCount >= 5) {
      bitCount -= 5;
      encoded += alphabet[(bits >> bitCount) & 31];
    }
  }
  if (bitCount > 0) {
    encoded += alphabet[(bits << (5 - bitCount)) & 31];
  }
  return encoded.padEnd(Math.ceil(encoded.length / 8) * 8, '=');
}

/** The text whose UTF-8 bytes were encoded; undefined when it is not base32. */
export function decodeBase32(encoded: string): string | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let bitCount = 0;
  for (const digit of encoded.replace(/=+$/, '')) {
    const value = alphabet.indexOf(digit);
    if (value < 0) {
      return undefined;
    }
    bits = ((bits << 5) | value) & 0xfff;
    bitCount += 5;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes.push((bits >> bitCount) & 0xff);
    }
  }
  return decodeUtf8(new Uint8Array(bytes));
}
