/**
 * Parses a time of the Data Index to milliseconds since the epoch. Trailing zeros of the fraction
 * are cut there (`…:04.15Z`, `…:20Z`), so such texts can't be compared; a time without an offset is
 * in UTC.
 */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(value);
  const milliseconds = Date.parse(hasOffset ? value : `${value}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** The same moment in one spelling for all: UTC with three digits. */
export function normalTimestamp(value: unknown): string | undefined {
  const milliseconds = parseTimestamp(value);
  return milliseconds === undefined
    ? undefined
    : new Date(milliseconds).toISOString();
}
