import { JqError } from '../errors';
import { Run } from '../run/Run';
import { JqValue } from './JqValue';
import { JqObject } from './kinds';
import { emptyObject } from './objects';

const maxDepth = 10_000;
const blanks = /[ \t\r\n]*/y;
const stringPattern = /"(?:[^"\\]|\\[^])*"/y;
const literalPattern = /[-+.\w]+/y;
const numberPattern = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** What is being read: an array, or an object and the key whose value comes next. */
type Container = JqValue[] | { object: JqObject; key: string };

/** Reads JSON text that may also hold `nan` and `Infinity`, without recursion. */
class JsonReader {
  readonly #run: Run;
  readonly #text: string;
  readonly #containers: Container[] = [];
  #position = 0;

  constructor(run: Run, text: string) {
    this.#run = run;
    this.#text = text;
  }

  read(): JqValue {
    const value = this.#readValue();
    if (this.#peek() !== undefined) {
      throw this.#error('Unexpected extra JSON values');
    }
    return value;
  }

  #error(message: string): JqError {
    return new JqError(`${message} (while parsing '${this.#text}')`);
  }

  #failHere(message: string): JqError {
    const before = this.#text.slice(0, this.#position);
    const line = before.split('\n').length;
    const column = this.#position - before.lastIndexOf('\n') - 1;
    const end = this.#position >= this.#text.length ? 'EOF at ' : '';
    return this.#error(`${message} at ${end}line ${line}, column ${column}`);
  }

  #peek(): string | undefined {
    blanks.lastIndex = this.#position;
    blanks.exec(this.#text);
    this.#position = blanks.lastIndex;
    return this.#text[this.#position];
  }

  #skip(character: string): boolean {
    const isHere = this.#peek() === character;
    if (isHere) {
      this.#position++;
    }
    return isHere;
  }

  /** Opens containers until there is a complete value, then closes those that end after it. */
  #readValue(): JqValue {
    for (;;) {
      let value = this.#readScalarOrOpen();
      while (value !== undefined) {
        const container = this.#containers.pop();
        if (container === undefined) {
          return value;
        }
        value = this.#addTo(container, value);
      }
    }
  }

  /** A scalar or an empty container; undefined when a container was opened. */
  #readScalarOrOpen(): JqValue | undefined {
    this.#run.step();
    const next = this.#peek();
    if (next === '[' || next === '{') {
      this.#position++;
      if (this.#containers.length >= maxDepth) {
        throw this.#failHere('Exceeds depth limit for parsing');
      }
      return next === '[' ? this.#openArray() : this.#openObject();
    }
    return next === '"' ? this.#readString() : this.#readLiteral();
  }

  #openArray(): JqValue | undefined {
    if (this.#skip(']')) {
      return [];
    }
    this.#containers.push([]);
    return undefined;
  }

  #openObject(): JqValue | undefined {
    const object = emptyObject();
    if (this.#skip('}')) {
      return object;
    }
    this.#containers.push({ object, key: this.#readKey() });
    return undefined;
  }

  #readKey(): string {
    if (this.#peek() !== '"') {
      throw this.#peek() === "'"
        ? this.#unexpected()
        : this.#failHere('Object keys must be strings');
    }
    const key = this.#readString();
    if (!this.#skip(':')) {
      throw this.#failHere('Objects must consist of key:value pairs');
    }
    return key;
  }

  /** Adds a value; the container itself when it ends here, undefined when more follows. */
  #addTo(container: Container, value: JqValue): JqValue | undefined {
    const isArray = Array.isArray(container);
    if (isArray) {
      container.push(value);
    } else {
      container.object[container.key] = value;
    }
    if (this.#skip(',')) {
      const next = isArray
        ? container
        : { object: container.object, key: this.#readKey() };
      this.#containers.push(next);
      return undefined;
    }
    if (this.#skip(isArray ? ']' : '}')) {
      return isArray ? container : container.object;
    }
    throw this.#failHere(
      this.#peek() === undefined
        ? 'Unfinished JSON term'
        : 'Expected separator between values',
    );
  }

  #readString(): string {
    stringPattern.lastIndex = this.#position;
    const match = stringPattern.exec(this.#text);
    if (!match) {
      this.#position = this.#text.length;
      throw this.#failHere('Unfinished string');
    }
    this.#position = stringPattern.lastIndex;
    return this.#unescape(match[0]);
  }

  #unescape(quoted: string): string {
    // Control characters are allowed here, but not by JSON.parse.
    const escaped = quoted.replace(
      // eslint-disable-next-line no-control-regex
      /[\u0000-\u001f]/g,
      control => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    try {
      const text: string = JSON.parse(escaped);
      return text.replace(/\p{Surrogate}/gu, '\ufffd');
    } catch {
      throw this.#failHere('Invalid escape');
    }
  }

  #readLiteral(): JqValue {
    literalPattern.lastIndex = this.#position;
    const word = literalPattern.exec(this.#text)?.[0];
    if (word === undefined) {
      throw this.#unexpected();
    }
    this.#position += word.length;
    if (numberPattern.test(word)) {
      return this.#run.number(Number(word));
    }
    switch (word) {
      case 'null':
        return null;
      case 'true':
        return true;
      case 'false':
        return false;
      default:
        return this.#readSpecialNumber(word);
    }
  }

  #readSpecialNumber(word: string): number {
    if (/^-?nan$/i.test(word)) {
      return this.#run.number(NaN);
    }
    if (/^-?infinity$/i.test(word)) {
      return this.#run.number(word[0] === '-' ? -Infinity : Infinity);
    }
    const isNumeric = /^[-+.\dnN]/.test(word);
    throw this.#failHere(
      isNumeric ? 'Invalid numeric literal' : 'Invalid literal',
    );
  }

  #unexpected(): JqError {
    const next = this.#peek();
    if (next === undefined) {
      return this.#containers.length === 0
        ? this.#error('Expected JSON value')
        : this.#failHere('Unfinished JSON term');
    }
    if (next === "'") {
      const end = /[[\]{}:,"\s]/g;
      end.lastIndex = this.#position;
      const found = end.exec(this.#text);
      this.#position = found ? found.index + 1 : this.#text.length;
      return this.#failHere('Invalid string literal; expected ", but got \'');
    }
    this.#position++;
    return this.#failHere(`Expected value before '${next}'`);
  }
}

/** @throws JqError when the text is not JSON */
export function parseJson(run: Run, text: string): JqValue {
  return new JsonReader(run, text).read();
}
