import { InputError } from '@backstage/errors';

/** What a JSON text may at most contain. */
export interface JsonLimits {
  /** Objects and arrays inside each other. */
  depth: number;
  /** Members and elements altogether. */
  values: number;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Measures a JSON text before anything recursive touches it. Whether it is JSON at all is left to
 * the parser.
 *
 * @throws InputError when it is deeper or holds more values than allowed
 */
export function checkJsonText(text: Buffer, limits: JsonLimits): void {
  let depth = 0;
  let values = 1;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const byte = text[i];
    if (inString) {
      if (byte === BACKSLASH) {
        i++;
      } else if (byte === QUOTE) {
        inString = false;
      }
    } else if (byte === QUOTE) {
      inString = true;
    } else if (OPENING.has(byte)) {
      depth++;
      values++;
      if (depth > limits.depth) {
        throw new InputError(
          `The body is nested deeper than ${limits.depth} levels.`,
        );
      }
    } else if (CLOSING.has(byte)) {
      depth--;
    } else if (byte === COMMA) {
      values++;
    }
    if (values > limits.values) {
      throw new InputError(`The body holds more than ${limits.values} values.`);
    }
  }
}
