import { JqValue } from './JqValue';
import { emptyObject } from './objects';

/** The value as JSON can express it: NaN as null, infinite numbers as the largest ones. */
export function finite(value: JqValue): JqValue {
  if (typeof value === 'number') {
    return finiteNumber(value);
  }
  if (Array.isArray(value)) {
    return value.map(finite);
  }
  if (typeof value === 'object' && value !== null) {
    const result = emptyObject();
    for (const key of Object.keys(value)) {
      result[key] = finite(value[key]);
    }
    return result;
  }
  return value;
}

function finiteNumber(value: number): number | null {
  if (Number.isNaN(value)) {
    return null;
  }
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}
