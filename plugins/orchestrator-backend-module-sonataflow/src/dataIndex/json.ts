/** A JSON object whose content is not known. */
export type JsonRecord = Record<string, unknown>;

/** The value as an object, or undefined. */
export function recordOf(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined;
}

/** The objects of an array; other entries, and whatever is no array, are left out. */
export function recordsOf(value: unknown): JsonRecord[] {
  return Array.isArray(value)
    ? value.map(recordOf).filter(entry => entry !== undefined)
    : [];
}

/** A text that is not empty, or undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The texts of an array. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((entry): entry is string => typeof entry === 'string')
    : [];
}

/** Parses JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
