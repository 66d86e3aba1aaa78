import { BuiltinTable, plainFunction } from '../builtins/Builtin';
import { JqError } from '../errors';
import { Run } from '../run/Run';
import { indicesOfArray, iterate } from '../value/access';
import { equals } from '../value/compare';
import { describe } from '../value/describe';
import { JqValue } from '../value/JqValue';
import { isObject, typeName } from '../value/kinds';
import { emptyObject } from '../value/objects';

function has(container: JqValue, key: JqValue): boolean {
  if (container === null) {
    return false;
  }
  if (isObject(container) && typeof key === 'string') {
    return Object.hasOwn(container, key);
  }
  if (Array.isArray(container) && Number.isInteger(key)) {
    return Number(key) >= 0 && Number(key) < container.length;
  }
  throw new JqError(
    `has() is not applicable to ${typeName(container)} with ${typeName(key)}`,
  );
}

const keyNames = ['key', 'Key', 'name', 'Name'];

function fromEntries(run: Run, value: JqValue): JqValue {
  const result = emptyObject();
  iterate(value, entry => {
    run.grow(1);
    if (!isObject(entry)) {
      throw new JqError(`Cannot index ${typeName(entry)} with string "key"`);
    }
    const name = keyNames.find(candidate => Object.hasOwn(entry, candidate));
    const key = name === undefined ? null : entry[name];
    if (typeof key !== 'string') {
      throw new JqError(`Cannot use ${describe(key)} as object key`);
    }
    const content = Object.hasOwn(entry, 'value') ? entry.value : entry.Value;
    result[key] = content ?? null;
  });
  return result;
}

/** Positions in texts are those of UTF-16 units. */
function positions(run: Run, container: JqValue, wanted: JqValue): JqValue[] {
  if (typeof container === 'string' && typeof wanted === 'string') {
    return textPositions(run, container, wanted);
  }
  if (!Array.isArray(container)) {
    throw new JqError(`indices() is not applicable to ${typeName(container)}`);
  }
  const part = Array.isArray(wanted) ? wanted : [wanted];
  run.step(container.length * Math.max(1, part.length));
  const areEqual = (a: JqValue, b: JqValue) => equals(a, b, () => run.step());
  return indicesOfArray(container, part, areEqual);
}

function textPositions(run: Run, text: string, wanted: string): JqValue[] {
  const found: JqValue[] = [];
  run.step(text.length >> 4);
  let at = wanted === '' ? -1 : text.indexOf(wanted);
  while (at >= 0) {
    run.grow(1);
    run.step();
    found.push(at);
    at = text.indexOf(wanted, at + 1);
  }
  return found;
}

function positionFunction(pick: (found: JqValue[]) => JqValue) {
  return plainFunction((run, input, [wanted]) =>
    input === null ? null : pick(positions(run, input, wanted)),
  );
}

/** Builtins for arrays and objects that do something else than in jq. */
export const entries: BuiltinTable = {
  'has/1': plainFunction((_run, input, [key]) => has(input, key)),
  'from_entries/0': plainFunction(fromEntries),
  'indices/1': positionFunction(found => found),
  'index/1': positionFunction(found => found[0] ?? null),
  'rindex/1': positionFunction(found => found[found.length - 1] ?? null),
};
