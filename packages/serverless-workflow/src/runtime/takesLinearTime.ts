import { Json, JsonObject } from '../model';

/**
 * Keywords whose check may take much longer than reading the data: patterns and formats backtrack,
 * references may go round or multiply, and each element is compared with each other one.
 */
const SLOW_KEYWORDS = new Set([
  '$ref',
  '$dynamicRef',
  '$recursiveRef',
  'format',
  'pattern',
  'patternProperties',
  'uniqueItems',
]);

/**
 * Whether checking data against a schema takes a time in proportion to the data. Says no when in
 * doubt, as for a property that is called like one of the keywords.
 */
export function takesLinearTime(schema: JsonObject): boolean {
  const open: Json[] = [schema];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) {
      open.push(...next);
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, value] of Object.entries(next)) {
        if (SLOW_KEYWORDS.has(key)) {
          return false;
        }
        open.push(value);
      }
    }
  }
  return true;
}
