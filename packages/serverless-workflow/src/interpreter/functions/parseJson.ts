import { Json } from '../../model';
import { WorkflowFailure } from '../core/WorkflowFailure';

/** Deeper data is refused before anything recursive touches it. */
export const MAX_DEPTH = 256;

/** Reads JSON from elsewhere. Throws WorkflowFailure when it is none, or is nested too deeply. */
export function parseJson(text: string): Json {
  if (depthOf(text) > MAX_DEPTH) {
    throw new WorkflowFailure(
      'IllegalArgumentException',
      `JSON data may be nested ${MAX_DEPTH} deep at most`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WorkflowFailure(
      'RuntimeException',
      `Failed to decode: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (inString) {
      if (char === '\\') {
        index++;
      } else if (char === '"') {
        inString = false;
      }
    } else if (char === '"') {
      inString = true;
    } else if (char === '[' || char === '{') {
      depth++;
      deepest = Math.max(deepest, depth);
    } else if (char === ']' || char === '}') {
      depth--;
    }
  }
  return deepest;
}

/** Whether a value that did not come from text is nested too deeply. Does not recurse. */
export function isTooDeep(value: Json): boolean {
  let level: Json[] = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const next: Json[] = [];
    for (const each of level) {
      if (typeof each === 'object' && each !== null) {
        for (const inner of Object.values(each)) {
          next.push(inner);
        }
      }
    }
    if (next.length === 0) {
      return false;
    }
    level = next;
  }
  return true;
}
