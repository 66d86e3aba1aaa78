import { OutputUnit, Schema, Validator } from '@cfworker/json-schema';
import { JsonObject, JsonValue } from '@backstage/types';

/** One way in which data breaks its schema. */
export interface Violation {
  /** Names and indexes from the root of the data; of the missing property itself when required. */
  path: string[];
  keyword: string;
  /** What the schema says for that keyword, e.g. the least length. */
  limit: JsonValue | undefined;
}

/** Errors that only repeat that something below is wrong. */
const wrappers = new Set([
  '$ref',
  '$recursiveRef',
  'allOf',
  'if',
  'properties',
  'patternProperties',
  'prefixItems',
  'items',
  'additionalItems',
  'dependentSchemas',
  'propertyNames',
  'false',
]);

function tokensOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(token =>
      decodeURIComponent(token).replace(/~1/g, '/').replace(/~0/g, '~'),
    );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function step(value: JsonValue | undefined, token: string) {
  if (Array.isArray(value)) return value[Number(token)];
  return isObject(value) && Object.hasOwn(value, token)
    ? value[token]
    : undefined;
}

function valueAt(root: JsonValue, tokens: string[]): JsonValue | undefined {
  return tokens.reduce<JsonValue | undefined>(step, root);
}

/** Follows a location of the validator, which passes through references by their keyword. */
function keywordAt(schema: JsonObject, location: string) {
  return tokensOf(location).reduce<JsonValue | undefined>((at, token) => {
    const next = step(at, token);
    return token === '$ref' && typeof next === 'string' && next.startsWith('#')
      ? valueAt(schema, tokensOf(next))
      : next;
  }, schema);
}

/** Of the alternatives of a failed `anyOf` or `oneOf`, the errors of the one that fits best. */
function closestAlternative(unit: OutputUnit, errors: OutputUnit[]) {
  const prefix = `${unit.keywordLocation}/`;
  const groups = new Map<string, OutputUnit[]>();
  for (const error of errors) {
    if (error.keywordLocation.startsWith(prefix)) {
      const [index] = error.keywordLocation.slice(prefix.length).split('/');
      groups.set(index, [...(groups.get(index) ?? []), error]);
    }
  }
  const [closest] = [...groups.values()].sort((a, b) => a.length - b.length);
  return closest ?? [];
}

function withoutAlternatives(errors: OutputUnit[]): OutputUnit[] {
  const choice = errors.find(({ keyword }) => /^(any|one)Of$/.test(keyword));
  if (!choice) return errors;
  const prefix = `${choice.keywordLocation}/`;
  const others = errors.filter(
    error => error !== choice && !error.keywordLocation.startsWith(prefix),
  );
  const closest = withoutAlternatives(closestAlternative(choice, errors));
  return closest.length > 0
    ? [...closest, ...withoutAlternatives(others)]
    : [{ ...choice, keyword: 'choice' }, ...withoutAlternatives(others)];
}

function explain(schema: JsonObject, data: JsonValue, unit: OutputUnit) {
  const path = tokensOf(unit.instanceLocation);
  const limit = keywordAt(schema, unit.keywordLocation);
  const value = valueAt(data, path);
  if (unit.keyword === 'required' && Array.isArray(limit)) {
    return limit
      .map(String)
      .filter(name => !isObject(value) || !Object.hasOwn(value, name))
      .map(name => ({
        path: [...path, name],
        keyword: 'required',
        limit: undefined,
      }));
  }
  return [{ path, keyword: unit.keyword, limit }];
}

/**
 * Everything that is wrong with data, without compiling the schema to code, so that it also works
 * where a Content Security Policy forbids `unsafe-eval`.
 *
 * @throws when the schema itself is broken, e.g. by an unknown reference or a bad pattern
 */
export function violationsOf(schema: JsonObject, data: unknown): Violation[] {
  const plain: JsonValue = JSON.parse(JSON.stringify(data ?? null));
  const { errors } = createValidator(schema).validate(plain);
  const found = withoutAlternatives(errors)
    .filter(({ keyword }) => !wrappers.has(keyword))
    .flatMap(unit => explain(schema, plain, unit));
  const seen = new Set<string>();
  return found.filter(violation => {
    const key = JSON.stringify([violation.path, violation.keyword]);
    return !seen.has(key) && seen.add(key);
  });
}

function draftOf(schema: JsonObject) {
  return /2019-09|2020-12/.test(String(schema.$schema ?? '')) ? '2020-12' : '7';
}

function createValidator(schema: JsonObject): Validator {
  // The validator writes notes into the schema it is given.
  const copy: Schema = JSON.parse(JSON.stringify(schema));
  return new Validator(copy, draftOf(schema), false);
}

const rootId = 'https://orchestrator.invalid/root';

function referringToRoot(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referringToRoot);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string' && part.startsWith('#')
        ? `${rootId}${part}`
        : referringToRoot(part),
    ]),
  );
}

/**
 * Whether data fits a part of a schema whose references point into the whole.
 *
 * @throws when the schema itself is broken
 */
export function fits(part: JsonObject, data: unknown, root: JsonObject) {
  const plain: JsonValue = JSON.parse(JSON.stringify(data ?? null));
  const copy = referringToRoot(part) as Schema;
  const validator = new Validator(copy, draftOf(root));
  validator.addSchema(JSON.parse(JSON.stringify(root)), rootId);
  return validator.validate(plain).valid;
}
