import { JqError } from '../errors';
import { Run } from '../run/Run';
import { splitText } from '../value/arithmetic';
import { describe } from '../value/describe';
import { JqValue } from '../value/JqValue';
import { typeName } from '../value/kinds';
import { parseJson } from '../value/parseJson';
import {
  asString,
  BuiltinTable,
  defined,
  plainFunction,
  special,
} from './Builtin';
import { applyCode } from '../compile/operators';
import { toJson, toText } from './formats';

const numberText = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

export function toNumber(run: Run, value: JqValue): JqValue {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value === 'string') {
    if (numberText.test(value)) {
      return run.number(Number(value));
    }
    const named = /^(-?)(?:(nan)|(infinity))$/i.exec(value);
    if (named) {
      const sign = named[1] ? -1 : 1;
      return run.number(sign * (named[2] ? NaN : Infinity));
    }
  }
  throw new JqError(`${describe(value)} cannot be parsed as a number`);
}

function toBoolean(value: JqValue): JqValue {
  if (typeof value === 'boolean') {
    return value;
  }
  if (value === 'true' || value === 'false') {
    return value === 'true';
  }
  throw new JqError(`${describe(value)} cannot be parsed as a boolean`);
}

/** Whether a text starts or ends with another; both must be texts. */
function hasAffix(
  input: JqValue,
  affix: JqValue,
  where: 'startsWith' | 'endsWith',
): boolean {
  if (typeof input !== 'string' || typeof affix !== 'string') {
    throw new JqError(`${where.toLowerCase()}() requires string inputs`);
  }
  return input[where](affix);
}

function trimStart(input: JqValue, prefix: JqValue): JqValue {
  return hasAffix(input, prefix, 'startsWith')
    ? String(input).slice(String(prefix).length)
    : input;
}

function trimEnd(input: JqValue, suffix: JqValue): JqValue {
  if (!hasAffix(input, suffix, 'endsWith')) {
    return input;
  }
  const text = String(input);
  return text.slice(0, text.length - String(suffix).length);
}

const blanks =
  '\\u0009-\\u000d\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const blankStart = new RegExp(`^[${blanks}]+`);

function trimBlanks(value: JqValue, start: boolean, end: boolean): string {
  let text = asString(value, 'trim input must be a string');
  if (start) {
    text = text.replace(blankStart, '');
  }
  let length = text.length;
  while (end && length > 0 && blankStart.test(text[length - 1])) {
    length--;
  }
  return text.slice(0, length);
}

function explode(run: Run, value: JqValue): JqValue {
  const text = asString(value, 'explode input must be a string');
  run.grow(text.length);
  return Array.from(text, character => character.codePointAt(0) ?? 0);
}

const replacement = 0xfffd;

function implode(run: Run, value: JqValue): JqValue {
  if (!Array.isArray(value)) {
    throw new JqError('implode input must be an array');
  }
  run.grow(value.length);
  return value
    .map(point => {
      if (typeof point !== 'number' || Number.isNaN(point)) {
        throw new JqError(
          `${describe(
            point,
          )} can't be imploded, unicode codepoint needs to be numeric`,
        );
      }
      const code = Math.trunc(point);
      const isValid =
        code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
      return String.fromCodePoint(isValid ? code : replacement);
    })
    .join('');
}

function changeCase(
  run: Run,
  value: JqValue,
  letters: RegExp,
  change: (letter: string) => string,
): string {
  const text = asString(value, 'explode input must be a string');
  run.grow(text.length);
  return text.replace(letters, change);
}

function join(run: Run, value: JqValue, separator: JqValue): JqValue {
  const items = Array.isArray(value)
    ? value
    : Object.values(value as { [key: string]: JqValue });
  let text = '';
  let isFirst = true;
  for (const item of items) {
    const prefix: JqValue = isFirst ? '' : addText(text, separator);
    if (typeof item === 'object' && item !== null) {
      throw cannotAdd(prefix, item);
    }
    text = prefix + (item === null ? '' : toText(run, item));
    isFirst = false;
    run.grow(typeof item === 'string' ? item.length + 1 : 1);
  }
  return text;
}

function addText(text: string, separator: JqValue): string {
  if (separator === null) {
    return text;
  }
  if (typeof separator !== 'string') {
    throw cannotAdd(text, separator);
  }
  return text + separator;
}

function cannotAdd(a: JqValue, b: JqValue): JqError {
  return new JqError(`${describe(a)} and ${describe(b)} cannot be added`);
}

function checkedJoin(run: Run, value: JqValue, separator: JqValue): JqValue {
  if (typeof value !== 'object' || value === null) {
    throw new JqError(`Cannot iterate over ${describe(value)}`);
  }
  return join(run, value, separator);
}

function byteLength(value: JqValue): number {
  if (typeof value !== 'string') {
    throw new JqError(`${describe(value)} only strings have UTF-8 byte length`);
  }
  return new TextEncoder().encode(value).length;
}

/** Texts. */
export const texts: BuiltinTable = {
  'type/0': plainFunction((_run, input) => typeName(input)),
  'tostring/0': plainFunction(toText),
  'tojson/0': plainFunction(toJson),
  'fromjson/0': plainFunction((run, input) => {
    if (typeof input !== 'string') {
      throw new JqError(`${describe(input)} only strings can be parsed`);
    }
    run.grow(input.length);
    return parseJson(run, input);
  }),
  'tonumber/0': plainFunction(toNumber),
  'toboolean/0': plainFunction((_run, input) => toBoolean(input)),
  'utf8bytelength/0': plainFunction((_run, input) => byteLength(input)),
  'startswith/1': plainFunction((_run, input, [prefix]) =>
    hasAffix(input, prefix, 'startsWith'),
  ),
  'endswith/1': plainFunction((_run, input, [suffix]) =>
    hasAffix(input, suffix, 'endsWith'),
  ),
  'ltrimstr/1': plainFunction((_run, input, [prefix]) =>
    trimStart(input, prefix),
  ),
  'rtrimstr/1': plainFunction((_run, input, [suffix]) =>
    trimEnd(input, suffix),
  ),
  'trimstr/1': plainFunction((_run, input, [affix]) =>
    trimEnd(trimStart(input, affix), affix),
  ),
  'trim/0': plainFunction((_run, input) => trimBlanks(input, true, true)),
  'ltrim/0': plainFunction((_run, input) => trimBlanks(input, true, false)),
  'rtrim/0': plainFunction((_run, input) => trimBlanks(input, false, true)),
  'explode/0': plainFunction(explode),
  'implode/0': plainFunction(implode),
  'split/1': plainFunction((run, input, [separator]) => {
    if (typeof input !== 'string' || typeof separator !== 'string') {
      throw new JqError('split input and separator must be strings');
    }
    return splitText(run, input, separator);
  }),
  'join/1': plainFunction((run, input, [separator]) =>
    checkedJoin(run, input, separator),
  ),
  'ascii_downcase/0': plainFunction((run, input) =>
    changeCase(run, input, /[A-Z]+/g, letters => letters.toLowerCase()),
  ),
  'ascii_upcase/0': plainFunction((run, input) =>
    changeCase(run, input, /[a-z]+/g, letters => letters.toUpperCase()),
  ),
  'format/1': special(([name], library) =>
    applyCode(
      (run, input, [wanted]) => {
        const format =
          typeof wanted === 'string' ? library.format(wanted) : undefined;
        if (!format) {
          throw new JqError(`${describe(wanted)} is not a valid format`);
        }
        return format(run, input);
      },
      [name],
    ),
  ),
  'ascii/0': defined('def ascii: [.] | implode;'),
};
