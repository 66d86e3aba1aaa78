const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const units = [
  ['day', day],
  ['hour', hour],
  ['minute', minute],
  ['second', second],
] as const;

function inUnit(value: number, unit: string, locale: string, digits = 0) {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'narrow',
    maximumFractionDigits: digits,
  }).format(value);
}

/**
 * A length of time with its two largest units, e.g. `3m 12s`; below a minute with one decimal.
 *
 * @param ms - length in milliseconds; negative counts as zero
 */
export function formatDuration(ms: number, locale: string): string {
  const length = Math.max(0, ms);
  if (length < second) {
    return inUnit(Math.round(length), 'millisecond', locale);
  }
  if (length < minute) {
    return inUnit(length / second, 'second', locale, length < 10_000 ? 1 : 0);
  }
  const first = units.findIndex(([, size]) => length >= size);
  const [largeUnit, largeSize] = units[first];
  const [smallUnit, smallSize] = units[first + 1];
  const large = Math.floor(length / largeSize);
  const small = Math.floor((length % largeSize) / smallSize);
  const largeText = inUnit(large, largeUnit, locale);
  return small === 0
    ? largeText
    : `${largeText} ${inUnit(small, smallUnit, locale)}`;
}

/** How long ago or ahead, in the largest fitting unit, e.g. `5 minutes ago`. */
export function formatRelative(
  at: number,
  now: number,
  locale: string,
): string {
  const difference = at - now;
  const size = Math.abs(difference);
  const [unit, unitMs] = units.find(([, ms]) => size >= ms) ?? [
    'second',
    second,
  ];
  return new Intl.RelativeTimeFormat(locale, {
    numeric: 'auto',
    style: 'short',
  }).format(Math.round(difference / unitMs), unit);
}
