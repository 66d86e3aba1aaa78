import { Formatter } from '../compile/construction';
import { JqError } from '../errors';
import { Run } from '../run/Run';
import { decodeBase32, encodeBase32 } from '../value/base32';
import { decodeBase64, encodeBase64 } from '../value/base64';
import { decodeUtf8 } from '../value/decodeUtf8';
import { describe } from '../value/describe';
import { jsonText } from '../value/jsonText';
import { JqValue } from '../value/JqValue';

export function toJson(run: Run, value: JqValue): string {
  return jsonText(value, { onWrite: count => run.grow(count) });
}

/** Texts as they are, everything else as JSON. */
export function toText(run: Run, value: JqValue): string {
  return typeof value === 'string' ? value : toJson(run, value);
}

function replaceAll(
  text: string,
  replacements: Readonly<Record<string, string>>,
): string {
  let result = '';
  for (const character of text) {
    result += replacements[character] ?? character;
  }
  return result;
}

const htmlEntities = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
};
const tsvEscapes = { '\t': '\\t', '\r': '\\r', '\n': '\\n', '\\': '\\\\' };

function rowOf(
  run: Run,
  value: JqValue,
  format: { name: string; separator: string; quote: (text: string) => string },
): string {
  if (!Array.isArray(value)) {
    throw new JqError(
      `${describe(value)} cannot be ${format.name}-formatted, only array`,
    );
  }
  return value
    .map(cell => {
      run.grow(1);
      switch (typeof cell) {
        case 'string':
          run.grow(cell.length);
          return format.quote(cell);
        case 'object':
          if (cell !== null) {
            throw new JqError(
              `${describe(cell)} is not valid in a ${format.name} row`,
            );
          }
          return '';
        default:
          return toJson(run, cell);
      }
    })
    .join(format.separator);
}

function shellWord(run: Run, value: JqValue): string {
  if (typeof value === 'string') {
    return `'${value.split("'").join("'\\''")}'`;
  }
  if (typeof value === 'object' && value !== null) {
    throw new JqError(`${describe(value)} can not be escaped for shell`);
  }
  return toJson(run, value);
}

function percentEncode(text: string): string {
  let encoded = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9\-_.~]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

function percentDecode(text: string): string {
  const bytes: number[] = [];
  const utf8 = new TextEncoder();
  for (let i = 0; i < text.length; ) {
    if (text[i] === '%') {
      const digits = text.slice(i + 1, i + 3);
      if (!/^[0-9a-fA-F]{2}$/.test(digits)) {
        throw new JqError(`${describe(text)} is not a valid uri encoding`);
      }
      bytes.push(parseInt(digits, 16));
      i += 3;
    } else {
      const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
      bytes.push(...utf8.encode(character));
      i += character.length;
    }
  }
  return decodeUtf8(new Uint8Array(bytes));
}

function decoder(
  decode: (text: string) => string | undefined,
  name: string,
): Formatter {
  return (run, value) => {
    const text = toText(run, value);
    run.grow(text.length);
    const decoded = decode(text);
    if (decoded === undefined) {
      throw new JqError(`${describe(text)} is not valid ${name} data`);
    }
    return decoded;
  };
}

function encoder(encode: (text: string) => string): Formatter {
  return (run, value) => {
    const encoded = encode(toText(run, value));
    run.grow(encoded.length);
    return encoded;
  };
}

/** The formats `@name`: how a value is written. */
export const formats: Readonly<Record<string, Formatter>> = {
  text: toText,
  json: toJson,
  csv: (run, value) =>
    rowOf(run, value, {
      name: 'csv',
      separator: ',',
      quote: text => `"${text.split('"').join('""')}"`,
    }),
  tsv: (run, value) =>
    rowOf(run, value, {
      name: 'tsv',
      separator: '\t',
      quote: text => replaceAll(text, tsvEscapes),
    }),
  html: encoder(text => replaceAll(text, htmlEntities)),
  uri: encoder(percentEncode),
  urid: encoder(percentDecode),
  sh: (run, value) =>
    (Array.isArray(value) ? value : [value])
      .map(word => {
        const text = shellWord(run, word);
        run.grow(text.length);
        return text;
      })
      .join(' '),
  base64: encoder(encodeBase64),
  base64d: decoder(text => {
    const bytes = decodeBase64(text);
    return bytes && decodeUtf8(bytes);
  }, 'base64'),
  base32: encoder(encodeBase32),
  base32d: decoder(decodeBase32, 'base32'),
};
