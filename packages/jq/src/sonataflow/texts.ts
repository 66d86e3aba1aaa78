import { BuiltinTable, plainFunction, special } from '../builtins/Builtin';
import { ifCode } from '../compile/control';
import { identity } from '../compile/navigation';
import { JqError } from '../errors';
import { codeOfMany, codeOfOne } from '../run/Code';
import { Run } from '../run/Run';
import { BreakSignal } from '../run/signals';
import { describe } from '../value/describe';
import { JqValue } from '../value/JqValue';
import { parseJson } from '../value/parseJson';
import { toJson } from './formats';

/**
 * Writes values as JSON text. Failures and breaks that come back through it lose what they were:
 * jackson-jq takes them for failures of writing.
 */
const writeJson = codeOfMany((run, _env, input, emit) => {
  const text = toJson(run, input);
  const depth = run.depth;
  try {
    emit(text);
  } catch (error) {
    if (error instanceof JqError || error instanceof BreakSignal) {
      run.restoreDepth(depth);
      throw new JqError('N/A');
    }
    throw error;
  }
  return undefined;
});

const isText = codeOfOne((_run, _env, input) => typeof input === 'string');

/** Only what JSON itself allows. */
function fromJson(run: Run, value: JqValue): JqValue {
  if (typeof value !== 'string') {
    throw new JqError(`${describe(value)} only strings can be parsed`);
  }
  run.grow(value.length);
  try {
    JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new JqError(`failed to parse ${describe(value)} as json`);
    }
    throw error;
  }
  return parseJson(run, value);
}

/** Code points above U+FFFF lose their upper bits. */
function implode(run: Run, value: JqValue): JqValue {
  const isValid =
    Array.isArray(value) && value.every(point => Number.isInteger(point));
  if (!isValid) {
    throw new JqError('input to implode() must be a list of codepoints');
  }
  run.grow(value.length);
  return value.map(point => String.fromCharCode(Number(point))).join('');
}

/** Trims what it can and leaves everything else alone. */
function trimming(trim: (text: string, affix: string) => string) {
  return plainFunction((_run, input, [affix]) =>
    typeof input === 'string' && typeof affix === 'string'
      ? trim(input, affix)
      : input,
  );
}

/** Builtins for texts that do something else than in jq. */
export const texts: BuiltinTable = {
  'tostring/0': special(() => ifCode(isText, identity, writeJson)),
  'tojson/0': special(() => writeJson),
  'fromjson/0': plainFunction(fromJson),
  'implode/0': plainFunction(implode),
  'ltrimstr/1': trimming((text, prefix) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  'rtrimstr/1': trimming((text, suffix) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
};
