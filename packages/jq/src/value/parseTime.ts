import {
  Calendar,
  fromEpochSeconds,
  months,
  toEpochSeconds,
  weekdays,
} from './calendar';

/** What is known of a time while it is read. */
interface Reading {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  century?: number;
  isAfternoon?: boolean;
  epoch?: number;
  yearDay?: number;
}

/** Reads one field: what it looks like, and what it tells. */
interface Reader {
  pattern: RegExp;
  set?: (reading: Reading, text: string) => void;
}

function number(
  maxDigits: number,
  set: (reading: Reading, value: number) => void,
): Reader {
  return {
    pattern: new RegExp(`\\s*(\\d{1,${maxDigits}})`, 'y'),
    set: (reading, text) => set(reading, Number(text)),
  };
}

function name(
  names: readonly string[],
  set: (reading: Reading, index: number) => void,
): Reader {
  const options = names.flatMap(full => [full, full.slice(0, 3)]);
  return {
    pattern: new RegExp(`(${options.join('|')})`, 'iy'),
    set: (reading, text) =>
      set(
        reading,
        names.findIndex(full =>
          full.toLowerCase().startsWith(text.toLowerCase().slice(0, 3)),
        ),
      ),
  };
}

const weekdayName = name(weekdays, () => {});
const monthName = name(months, (reading, index) => {
  reading.month = index;
});
const blanks: Reader = { pattern: /\s*/y };

/** What may stand for each letter after `%`. */
const readers: Readonly<Record<string, Reader>> = {
  a: weekdayName,
  A: weekdayName,
  b: monthName,
  B: monthName,
  h: monthName,
  d: number(2, (reading, value) => {
    reading.day = value;
  }),
  e: number(2, (reading, value) => {
    reading.day = value;
  }),
  H: number(2, (reading, value) => {
    reading.hour = value;
  }),
  k: number(2, (reading, value) => {
    reading.hour = value;
  }),
  I: number(2, (reading, value) => {
    reading.hour = value % 12;
    reading.isAfternoon ??= false;
  }),
  l: number(2, (reading, value) => {
    reading.hour = value % 12;
    reading.isAfternoon ??= false;
  }),
  j: number(3, (reading, value) => {
    reading.yearDay = value - 1;
  }),
  m: number(2, (reading, value) => {
    reading.month = value - 1;
  }),
  M: number(2, (reading, value) => {
    reading.minute = value;
  }),
  n: blanks,
  t: blanks,
  p: {
    pattern: /([AaPp][Mm])/y,
    set: (reading, text) => {
      reading.isAfternoon = text[0].toLowerCase() === 'p';
    },
  },
  s: {
    pattern: /\s*(-?\d+)/y,
    set: (reading, text) => {
      reading.epoch = Number(text);
    },
  },
  S: number(2, (reading, value) => {
    reading.second = value;
  }),
  u: number(1, () => {}),
  w: number(1, () => {}),
  y: number(2, (reading, value) => {
    reading.year = value < 69 ? 2000 + value : 1900 + value;
  }),
  Y: {
    pattern: /\s*(-?\d{1,4})/y,
    set: (reading, text) => {
      reading.year = Number(text);
    },
  },
  z: { pattern: /\s*(Z|[+-]\d{2}:?(?:\d{2})?)/y },
  Z: { pattern: /([A-Za-z]+)/y },
  '%': { pattern: /%/y },
};

const composed: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

/**
 * C's `strptime` in UTC; undefined when the text does not fit the pattern. Each part of the pattern
 * takes what it can and never gives it back, so that no pattern can make it slow.
 */
export function parseTime(text: string, pattern: string): Calendar | undefined {
  const reading: Reading = {
    year: 1900,
    month: 0,
    day: 0,
    hour: 0,
    minute: 0,
    second: 0,
  };
  let at: number | undefined = 0;
  for (const part of partsOf(pattern)) {
    at = readPart(part, text, at, reading);
    if (at === undefined) {
      return undefined;
    }
  }
  return at === text.length && isInRange(reading)
    ? completed(reading)
    : undefined;
}

function partsOf(pattern: string): readonly string[] {
  const expanded = pattern.replace(
    /%([cDFrRTxX])/g,
    (_, letter: string) => composed[letter],
  );
  return expanded.match(/%.|\s+|[^%\s]+|%/g) ?? [];
}

/** Where the text goes on after a part of the pattern; undefined when the part does not fit. */
function readPart(
  part: string,
  text: string,
  at: number,
  reading: Reading,
): number | undefined {
  const isField = part.length === 2 && part[0] === '%';
  const reader = isField ? readers[part[1]] : undefined;
  if (!reader && !/^\s/.test(part)) {
    const isHere =
      text.slice(at, at + part.length).toLowerCase() === part.toLowerCase();
    return isHere ? at + part.length : undefined;
  }
  const { pattern, set } = reader ?? blanks;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match) {
    return undefined;
  }
  set?.(reading, match[1] ?? '');
  return pattern.lastIndex;
}

function isInRange({ month, day, hour, minute, second }: Reading): boolean {
  return (
    month >= 0 &&
    month <= 11 &&
    day <= 31 &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 60
  );
}

function completed(reading: Reading): Calendar {
  if (reading.epoch !== undefined) {
    return fromEpochSeconds(reading.epoch);
  }
  const hour = reading.hour + (reading.isAfternoon ? 12 : 0);
  const { weekday, yearDay } = fromEpochSeconds(
    toEpochSeconds({ ...reading, hour: 0, minute: 0, second: 0 }),
  );
  const { year, month, day, minute, second } = reading;
  return {
    year,
    month,
    day,
    hour,
    minute,
    second,
    weekday,
    yearDay: reading.yearDay ?? yearDay,
  };
}
