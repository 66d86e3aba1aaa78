/** Milliseconds since 1970, the unit of every stored time. */
export type EpochMs = number;

/** Milliseconds of an ISO-8601 text; undefined for none and for what is no time. */
export function timeOf(text: string | undefined): EpochMs | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** ISO-8601 in UTC. */
export function isoTime(time: EpochMs): string;
export function isoTime(time: EpochMs | undefined): string | undefined;
export function isoTime(time: EpochMs | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
