import { JqError } from '../errors';
import {
  Calendar,
  fromEpochSeconds,
  isoWeek,
  months,
  toEpochSeconds,
  weekdays,
} from '../value/calendar';

/** A run of one letter, or text that stands for itself. */
type Part = { letter: string; count: number } | { text: string };

function partsOf(pattern: string): Part[] {
  const pieces =
    pattern.match(/([A-Za-z])\1*|'(?:[^']|'')*'|[^A-Za-z']+|'/g) ?? [];
  return pieces.map(piece => {
    if (/^[A-Za-z]/.test(piece)) {
      return { letter: piece[0], count: piece.length };
    }
    if (piece === "'") {
      throw new JqError('Unterminated quote');
    }
    const isQuoted = piece[0] === "'";
    const inside = isQuoted ? piece.slice(1, -1).replace(/''/g, "'") : piece;
    return { text: piece === "''" ? "'" : inside };
  });
}

/** Minutes that a zone is ahead of UTC at an instant. */
function offsetMinutes(zone: string, epochMs: number): number {
  const fixed = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (fixed) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0);
    return fixed[1] === '-' ? -minutes : minutes;
  }
  try {
    const text = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      timeZoneName: 'longOffset',
    })
      .formatToParts(epochMs)
      .find(part => part.type === 'timeZoneName')?.value;
    return text === undefined || text === 'GMT'
      ? 0
      : offsetMinutes(text, epochMs);
  } catch {
    // Java takes GMT for a zone that it does not know.
    return 0;
  }
}

interface Moment {
  time: Calendar;
  milliseconds: number;
  offset: number;
  zone: string;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function offsetText(offset: number, separator: string): string {
  const minutes = Math.abs(offset);
  const hours = padded(Math.floor(minutes / 60), 2);
  return `${offset < 0 ? '-' : '+'}${hours}${separator}${padded(
    minutes % 60,
    2,
  )}`;
}

type Writer = (moment: Moment, count: number) => string;

function number(value: (moment: Moment) => number): Writer {
  return (moment, count) => padded(value(moment), count);
}

const writers: Readonly<Record<string, Writer>> = {
  G: () => 'AD',
  y: ({ time }, count) =>
    count === 2 ? padded(time.year % 100, 2) : padded(time.year, count),
  u: number(({ time }) => (time.weekday === 0 ? 7 : time.weekday)),
  Y: ({ time }, count) => padded(isoWeek(time).year, count),
  M: ({ time }, count) =>
    count < 3
      ? padded(time.month + 1, count)
      : named(months, time.month, count),
  d: number(({ time }) => time.day),
  D: number(({ time }) => time.yearDay + 1),
  E: ({ time }, count) => named(weekdays, time.weekday, count),
  a: ({ time }) => (time.hour < 12 ? 'AM' : 'PM'),
  H: number(({ time }) => time.hour),
  k: number(({ time }) => time.hour || 24),
  K: number(({ time }) => time.hour % 12),
  h: number(({ time }) => time.hour % 12 || 12),
  m: number(({ time }) => time.minute),
  s: number(({ time }) => time.second),
  S: number(({ milliseconds }) => milliseconds),
  w: number(({ time }) => isoWeek(time).week),
  z: ({ zone }) => zone,
  Z: ({ offset }) => offsetText(offset, ''),
  X: ({ offset }, count) => {
    if (offset === 0) {
      return 'Z';
    }
    const text = offsetText(offset, count === 3 ? ':' : '');
    return count === 1 ? text.slice(0, 3) : text;
  },
};

function named(names: readonly string[], index: number, count: number): string {
  return count < 4 ? names[index].slice(0, 3) : names[index];
}

/** Java's SimpleDateFormat in English; the time is in milliseconds since the epoch. */
export function formatDate(
  epochMs: number,
  pattern: string,
  zone: string,
): string {
  const whole = Math.trunc(epochMs);
  const offset = offsetMinutes(zone, whole);
  const localMs = whole + offset * 60_000;
  const moment: Moment = {
    time: fromEpochSeconds(Math.floor(localMs / 1000)),
    milliseconds: ((localMs % 1000) + 1000) % 1000,
    offset,
    zone,
  };
  return partsOf(pattern)
    .map(part => ('text' in part ? part.text : write(part, moment)))
    .join('');
}

function write(
  { letter, count }: { letter: string; count: number },
  moment: Moment,
): string {
  const writer = writers[letter];
  if (!writer) {
    throw new JqError(`Illegal pattern character '${letter}'`);
  }
  return writer(moment, count);
}

/** What has been read of a date. */
interface Reading {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  milliseconds: number;
  isAfternoon: boolean;
  offset?: number;
}

type Setter = (reading: Reading, value: number) => void;

const setters: Readonly<Record<string, Setter>> = {
  y: (reading, value) => {
    reading.year = value;
  },
  M: (reading, value) => {
    reading.month = value - 1;
  },
  d: (reading, value) => {
    reading.day = value;
  },
  D: (reading, value) => {
    reading.month = 0;
    reading.day = value;
  },
  H: (reading, value) => {
    reading.hour = value;
  },
  k: (reading, value) => {
    reading.hour = value % 24;
  },
  K: (reading, value) => {
    reading.hour = value;
  },
  h: (reading, value) => {
    reading.hour = value % 12;
  },
  m: (reading, value) => {
    reading.minute = value;
  },
  s: (reading, value) => {
    reading.second = value;
  },
  S: (reading, value) => {
    reading.milliseconds = value;
  },
};

function read(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Where the text goes on after a part of the pattern; undefined when the part does not fit. */
function readPart(
  part: Part,
  isBeforeDigits: boolean,
  text: string,
  at: number,
  reading: Reading,
): number | undefined {
  if ('text' in part) {
    return text.startsWith(part.text, at) ? at + part.text.length : undefined;
  }
  const { letter, count } = part;
  const set = setters[letter];
  if (!set || (letter === 'M' && count > 2)) {
    return readName(part, text, at, reading);
  }
  const digits = isBeforeDigits
    ? new RegExp(`\\d{1,${count}}`, 'y')
    : /\d{1,15}/y;
  const found = read(digits, text, at);
  if (found === undefined) {
    return undefined;
  }
  const isTwoDigitYear = letter === 'y' && count <= 2 && found.length === 2;
  set(reading, isTwoDigitYear ? fullYear(Number(found)) : Number(found));
  return at + found.length;
}

/** Within 80 years before and 20 years after now. */
function fullYear(twoDigits: number): number {
  const limit = new Date().getUTCFullYear() + 20;
  const year = Math.floor(limit / 100) * 100 + twoDigits;
  return year > limit ? year - 100 : year;
}

function readName(
  { letter }: { letter: string },
  text: string,
  at: number,
  reading: Reading,
): number | undefined {
  const pattern = /[A-Za-z]+/y;
  switch (letter) {
    case 'M':
    case 'E':
    case 'G':
    case 'a': {
      const found = read(pattern, text, at);
      return found !== undefined && setNamed(letter, found, reading)
        ? at + found.length
        : undefined;
    }
    case 'z':
    case 'Z':
    case 'X': {
      const found = read(
        /Z|(?:GMT|UTC)?[+-]\d{2}:?(?:\d{2})?|[A-Za-z/_]+/y,
        text,
        at,
      );
      if (found !== undefined) {
        reading.offset = found === 'Z' ? 0 : offsetMinutes(found, 0);
      }
      return found === undefined ? undefined : at + found.length;
    }
    default:
      throw new JqError(`Illegal pattern character '${letter}'`);
  }
}

function setNamed(letter: string, name: string, reading: Reading): boolean {
  const isName = (full: string) =>
    [full, full.slice(0, 3)].some(
      known => known.toLowerCase() === name.toLowerCase(),
    );
  switch (letter) {
    case 'M':
      reading.month = months.findIndex(isName);
      return reading.month >= 0;
    case 'E':
      return weekdays.some(isName);
    case 'a':
      reading.isAfternoon = name.toLowerCase() === 'pm';
      return /^[ap]m$/i.test(name);
    default:
      return /^(ad|bc)$/i.test(name);
  }
}

/** Java's lenient SimpleDateFormat: milliseconds since the epoch; text after the date is ignored. */
export function parseDate(text: string, pattern: string, zone: string): number {
  const reading: Reading = {
    year: 1970,
    month: 0,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    milliseconds: 0,
    isAfternoon: false,
  };
  const parts = partsOf(pattern);
  let at: number | undefined = 0;
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1];
    const isBeforeDigits =
      next !== undefined &&
      'letter' in next &&
      Object.hasOwn(setters, next.letter);
    at = readPart(part, isBeforeDigits, text, at, reading);
    if (at === undefined) {
      throw new JqError(`Unparseable date: "${text}"`);
    }
  }
  const hour = reading.hour + (reading.isAfternoon ? 12 : 0);
  const localMs =
    toEpochSeconds({ ...reading, hour }) * 1000 + reading.milliseconds;
  const offset = reading.offset ?? offsetMinutes(zone, localMs);
  return localMs - offset * 60_000;
}
