/** Broken-down time as C has it, in UTC: months from 0, weekdays from Sunday, days of the year from 0. */
export interface Calendar {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
  yearDay: number;
}

const msPerDay = 86_400_000;

/** Seconds since the epoch, by the proleptic Gregorian calendar; fields may be out of range. */
export function toEpochSeconds(
  fields: Pick<
    Calendar,
    'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'
  >,
): number {
  const date = new Date(0);
  date.setUTCFullYear(fields.year, fields.month, fields.day);
  date.setUTCHours(fields.hour, fields.minute, fields.second, 0);
  return date.getTime() / 1000;
}

/** Fractions of a second are kept. */
export function fromEpochSeconds(seconds: number): Calendar {
  const whole = Math.floor(seconds);
  const date = new Date(whole * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds() + (seconds - whole),
    weekday: date.getUTCDay(),
    yearDay: yearDay(date),
  };
}

function yearDay(date: Date): number {
  const start = new Date(0);
  start.setUTCFullYear(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - start.getTime()) / msPerDay);
}

/** Year and number of the ISO-8601 week. */
export function isoWeek({ year, yearDay: day, weekday }: Calendar): {
  year: number;
  week: number;
} {
  const fromMonday = (weekday + 6) % 7;
  const week = Math.floor((day - fromMonday + 10) / 7);
  if (week < 1) {
    return { year: year - 1, week: weeksIn(year - 1) };
  }
  return week > weeksIn(year) ? { year: year + 1, week: 1 } : { year, week };
}

function weeksIn(year: number): number {
  const lastDay = (y: number) =>
    (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
  return lastDay(year) === 4 || lastDay(year - 1) === 3 ? 53 : 52;
}

export const weekdays = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
