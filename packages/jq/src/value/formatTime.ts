import {
  Calendar,
  isoWeek,
  months,
  toEpochSeconds,
  weekdays,
} from './calendar';

type Field = (time: Calendar) => string;

function digits(value: number, width: number, fill = '0'): string {
  return String(Math.floor(value)).padStart(width, fill);
}

function hour12({ hour }: Calendar): number {
  return hour % 12 === 0 ? 12 : hour % 12;
}

function weekOfYear(time: Calendar, firstDay: number): number {
  return Math.floor(
    (time.yearDay + 7 - ((time.weekday + 7 - firstDay) % 7)) / 7,
  );
}

function composed(pattern: string): Field {
  return time => formatTime(time, pattern);
}

/** What each letter after `%` stands for, in the C locale and UTC. */
const fields: Readonly<Record<string, Field>> = {
  a: time => weekdays[time.weekday].slice(0, 3),
  A: time => weekdays[time.weekday],
  b: time => months[time.month].slice(0, 3),
  B: time => months[time.month],
  c: composed('%a %b %e %H:%M:%S %Y'),
  C: time => digits(time.year / 100, 2),
  d: time => digits(time.day, 2),
  D: composed('%m/%d/%y'),
  e: time => digits(time.day, 2, ' '),
  F: composed('%Y-%m-%d'),
  g: time => digits(isoWeek(time).year % 100, 2),
  G: time => String(isoWeek(time).year),
  h: composed('%b'),
  H: time => digits(time.hour, 2),
  I: time => digits(hour12(time), 2),
  j: time => digits(time.yearDay + 1, 3),
  k: time => digits(time.hour, 2, ' '),
  l: time => digits(hour12(time), 2, ' '),
  m: time => digits(time.month + 1, 2),
  M: time => digits(time.minute, 2),
  n: () => '\n',
  p: time => (time.hour < 12 ? 'AM' : 'PM'),
  P: time => (time.hour < 12 ? 'am' : 'pm'),
  r: composed('%I:%M:%S %p'),
  R: composed('%H:%M'),
  s: time => String(Math.floor(toEpochSeconds(time))),
  S: time => digits(time.second, 2),
  t: () => '\t',
  T: composed('%H:%M:%S'),
  u: time => String(time.weekday === 0 ? 7 : time.weekday),
  U: time => digits(weekOfYear(time, 0), 2),
  V: time => digits(isoWeek(time).week, 2),
  w: time => String(time.weekday),
  W: time => digits(weekOfYear(time, 1), 2),
  x: composed('%m/%d/%y'),
  X: composed('%H:%M:%S'),
  y: time => digits(((time.year % 100) + 100) % 100, 2),
  Y: time => String(time.year),
  z: () => '+0000',
  Z: () => 'UTC',
  '%': () => '%',
};

/** C's `strftime`. Unknown letters are kept as they are. */
export function formatTime(time: Calendar, pattern: string): string {
  return pattern.replace(
    /%[EO]?([A-Za-z%])/g,
    (text, letter: string) => fields[letter]?.(time) ?? text,
  );
}
