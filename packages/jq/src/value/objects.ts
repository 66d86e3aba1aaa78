import { JqValue } from './JqValue';
import { JqObject } from './kinds';

/** An object in which every key, even `__proto__`, is an ordinary one. */
export function emptyObject(): JqObject {
  return Object.create(null);
}

export function copyObject(source: JqObject): JqObject {
  const copy = emptyObject();
  for (const key of Object.keys(source)) {
    copy[key] = source[key];
  }
  return copy;
}

/** The object's own field; null when it has none. */
export function field(object: JqObject, key: string): JqValue {
  return Object.hasOwn(object, key) ? object[key] ?? null : null;
}

export function sortedKeys(object: JqObject): string[] {
  return Object.keys(object).sort(compareText);
}

/** By code points, which is not the order of UTF-16 units. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) {
      return rank(unitA) - rank(unitB);
    }
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
