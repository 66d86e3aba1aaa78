import { Json, JsonObject } from '../model';
import { SourceNode } from './SourceNode';
import { Finding, ProblemSeverity } from './SourceProblem';

/** A value of a definition that knows its place and notes what is wrong with it. */
export class SourceElement {
  readonly path: string;
  readonly #node: SourceNode;
  readonly #findings: Finding[];

  constructor(node: SourceNode, path: string, findings: Finding[]) {
    this.#node = node;
    this.path = path;
    this.#findings = findings;
  }

  get kind(): SourceNode['kind'] {
    return this.#node.kind;
  }

  note(code: string, message: string, severity: ProblemSeverity = 'error') {
    this.#findings.push({ severity, code, message, path: this.path });
  }

  /** The field of that name; a null counts as missing, as it does for SonataFlow. */
  field(name: string): SourceElement | undefined {
    if (this.#node.kind !== 'object') return undefined;
    const field = this.#node.fields.find(({ key }) => key === name);
    if (!field || isNothing(field.value)) return undefined;
    return new SourceElement(
      field.value,
      `${this.path}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`,
      this.#findings,
    );
  }

  /** Names of the fields, in order. */
  fieldNames(): string[] {
    return this.#node.kind === 'object'
      ? this.#node.fields.map(({ key }) => key)
      : [];
  }

  /** The elements of a list; anything else is noted and has none. */
  items(): SourceElement[] {
    if (this.#node.kind !== 'list') {
      this.note('type', `${this.#label()} has to be a list.`);
      return [];
    }
    return this.#node.items.map(
      (item, index) =>
        new SourceElement(item, `${this.path}/${index}`, this.#findings),
    );
  }

  /** False, and noted, for anything but an object. */
  isObject(): boolean {
    if (this.#node.kind === 'object') return true;
    this.note('type', `${this.#label()} has to be an object.`);
    return false;
  }

  /** A text, or a number or boolean as it was written. */
  text(): string | undefined {
    if (this.#node.kind === 'scalar') return this.#node.written;
    this.note('type', `${this.#label()} has to be a text.`);
    return undefined;
  }

  /** A boolean; SonataFlow also accepts it written as a text. */
  flag(): boolean | undefined {
    if (this.#node.kind === 'scalar') {
      if (this.#node.written === 'true') return true;
      if (this.#node.written === 'false') return false;
    }
    this.note('type', `${this.#label()} has to be true or false.`);
    return undefined;
  }

  json(): Json {
    return toJson(this.#node);
  }

  /** An object as it is; anything else is noted and is an empty one. */
  jsonObject(): JsonObject {
    const json = this.isObject() ? this.json() : undefined;
    return isJsonObject(json) ? json : Object.create(null);
  }

  #label(): string {
    const name = this.path.split('/').pop() ?? '';
    if (this.path === '') return 'A workflow';
    return /^\d+$/.test(name) ? 'This' : `"${name}"`;
  }
}

function isNothing(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function isJsonObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Objects get no prototype, so that a field called `__proto__` is only a field. */
function toJson(node: SourceNode): Json {
  switch (node.kind) {
    case 'object': {
      const object: JsonObject = Object.create(null);
      for (const { key, value } of node.fields) object[key] = toJson(value);
      return object;
    }
    case 'list':
      return node.items.map(toJson);
    default:
      return node.value;
  }
}
