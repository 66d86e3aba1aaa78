const DURATION =
  /^([+-]?)P(?:([+-]?\d+)W)?(?:([+-]?\d+)D)?(?:T(?=[+\-\d])(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?\d+(?:[.,]\d{1,9})?)S)?)?$/i;

const UNITS_MS = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000];

/**
 * Milliseconds of an ISO-8601 duration as Java's `Duration` reads it: no years or months, signs and
 * fractions of seconds allowed. Undefined when the text is no such duration.
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  if (!match || match.slice(2).every(part => part === undefined)) {
    return undefined;
  }
  const amount = UNITS_MS.reduce((sum, unit, index) => {
    const part = match[index + 2];
    return part === undefined
      ? sum
      : sum + Number(part.replace(',', '.')) * unit;
  }, 0);
  return match[1] === '-' ? -amount : amount;
}
