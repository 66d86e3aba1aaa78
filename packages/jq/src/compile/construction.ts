import { JqError } from '../errors';
import { Code, codeOfMany, codeOfOne, drive, Env } from '../run/Code';
import { Run } from '../run/Run';
import { excerpt } from '../value/describe';
import { JqValue } from '../value/JqValue';
import { JqObject, typeName } from '../value/kinds';
import { copyObject, emptyObject } from '../value/objects';

export function literalCode(value: JqValue): Code {
  return codeOfOne(() => value);
}

/** A number literal that JSON can't express still is a number while the program runs. */
export function numberCode(value: number): Code {
  return codeOfOne(run => run.number(value));
}

/** `[body]` */
export function arrayCode(body: Code | undefined): Code {
  if (!body) {
    return codeOfOne(() => []);
  }
  return codeOfOne((run, env, input) => {
    const elements: JqValue[] = [];
    drive(body, run, env, input, value => {
      run.grow(1);
      elements.push(value);
    });
    return elements;
  });
}

export interface EntryCode {
  key: Code;
  value: Code;
}

function checkedKey(key: JqValue): string {
  if (typeof key !== 'string') {
    throw new JqError(
      `Cannot use ${typeName(key)} (${excerpt(key)}) as object key`,
    );
  }
  return key;
}

/** `{key: value, …}`: every combination of the outputs; those of the last value change fastest. */
export function objectCode(entries: readonly EntryCode[]): Code {
  const ones = entries.map(({ key, value }) => ({
    key: key.one,
    value: value.one,
  }));
  if (ones.every(({ key, value }) => key && value)) {
    return codeOfOne((run, env, input) => {
      const object = emptyObject();
      run.grow(entries.length);
      for (const { key, value } of ones) {
        const name = key?.(run, env, input);
        if (name === undefined) {
          return undefined;
        }
        const content = value?.(run, env, input);
        if (content === undefined) {
          return undefined;
        }
        object[checkedKey(name)] = content;
      }
      return object;
    });
  }
  return codeOfMany((run, env, input, emit) => {
    addEntries({ run, env, input }, entries, emptyObject(), emit);
    return undefined;
  });
}

function addEntries(
  at: { run: Run; env: Env | undefined; input: JqValue },
  entries: readonly EntryCode[],
  object: JqObject,
  emit: (object: JqObject) => void,
) {
  const { run, env, input } = at;
  if (entries.length === 0) {
    emit(object);
    return;
  }
  const [{ key, value }, ...rest] = entries;
  drive(key, run, env, input, name =>
    drive(value, run, env, input, content => {
      const extended = copyObject(object);
      run.grow(Object.keys(extended).length + 1);
      extended[checkedKey(name)] = content;
      addEntries(at, rest, extended, emit);
    }),
  );
}

/** A format such as `@base64`: how a value is written into a string. */
export type Formatter = (run: Run, value: JqValue) => string;

/** A string with interpolations; the outputs of the last one change fastest. */
export function stringCode(
  parts: readonly (string | Code)[],
  format: Formatter,
): Code {
  const ones = parts.map(part => (typeof part === 'string' ? part : part.one));
  if (ones.every(one => one !== undefined)) {
    return codeOfOne((run, env, input) => {
      let text = '';
      for (const one of ones) {
        if (typeof one === 'string') {
          text += one;
        } else {
          const value = one?.(run, env, input);
          if (value === undefined) {
            return undefined;
          }
          text += format(run, value);
        }
      }
      run.grow(text.length);
      return text;
    });
  }
  return codeOfMany((run, env, input, emit) => {
    const append = (text: string, at: number) => {
      if (at === parts.length) {
        emit(text);
        return;
      }
      const part = parts[at];
      if (typeof part === 'string') {
        append(text + part, at + 1);
        return;
      }
      drive(part, run, env, input, value => {
        const extended = text + format(run, value);
        run.grow(extended.length);
        append(extended, at + 1);
      });
    };
    append('', 0);
    return undefined;
  });
}
