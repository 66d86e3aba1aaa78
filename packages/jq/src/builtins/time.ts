import { JqError } from '../errors';
import { Calendar, fromEpochSeconds, toEpochSeconds } from '../value/calendar';
import { formatTime } from '../value/formatTime';
import { JqValue } from '../value/JqValue';
import { parseTime } from '../value/parseTime';
import { BuiltinTable, defined, plainFunction } from './Builtin';

function toArray(time: Calendar): JqValue {
  const { year, month, day, hour, minute, second, weekday, yearDay } = time;
  return [year, month, day, hour, minute, second, weekday, yearDay];
}

/** Seconds since the epoch or an array as `gmtime` gives it. */
function toCalendar(value: JqValue, name: string): Calendar {
  if (typeof value === 'number') {
    return fromEpochSeconds(inRange(value));
  }
  if (!Array.isArray(value) || value.some(part => typeof part !== 'number')) {
    throw new JqError(`${name} requires parsed datetime inputs`);
  }
  const [
    year = 0,
    month = 0,
    day = 0,
    hour = 0,
    minute = 0,
    second = 0,
    weekday = 0,
    yearDay = 0,
  ] = value.map(part => Math.trunc(Number(part)));
  const isNamed = month >= 0 && month < 12 && weekday >= 0 && weekday < 7;
  if (!isNamed) {
    throw new JqError(`${name} requires parsed datetime inputs`);
  }
  return { year, month, day, hour, minute, second, weekday, yearDay };
}

const maxSeconds = 8_640_000_000_000;

function inRange(seconds: number): number {
  if (!(Math.abs(seconds) <= maxSeconds)) {
    throw new JqError(
      'error converting number of seconds since epoch to datetime',
    );
  }
  return seconds;
}

function breakDown(value: JqValue, name: string): JqValue {
  if (typeof value !== 'number') {
    throw new JqError(`${name} requires a number`);
  }
  return toArray(fromEpochSeconds(inRange(value)));
}

function makeTime(value: JqValue): JqValue {
  if (!Array.isArray(value)) {
    throw new JqError('mktime requires array of 6 numbers');
  }
  return Math.floor(toEpochSeconds(toCalendar(value, 'mktime')));
}

function format(value: JqValue, pattern: JqValue, name: string): JqValue {
  if (typeof value !== 'number' && !Array.isArray(value)) {
    throw new JqError(`${name} requires parsed datetime inputs`);
  }
  if (typeof pattern !== 'string') {
    throw new JqError(`${name} requires a string format`);
  }
  return formatTime(toCalendar(value, name), pattern);
}

function parse(value: JqValue, pattern: JqValue): JqValue {
  if (typeof value !== 'string') {
    throw new JqError(`strptime/1 requires string inputs and arguments`);
  }
  if (typeof pattern !== 'string') {
    throw new JqError(`strptime/1 requires string inputs and arguments`);
  }
  const time = parseTime(value, pattern);
  if (!time) {
    throw new JqError(
      `date ${JSON.stringify(value)} does not match format ${JSON.stringify(
        pattern,
      )}`,
    );
  }
  return toArray(time);
}

/** Dates and times; local time is UTC, so that a program gives the same result everywhere. */
export const time: BuiltinTable = {
  'now/0': plainFunction(() => Date.now() / 1000),
  'gmtime/0': plainFunction((_run, input) => breakDown(input, 'gmtime()')),
  'localtime/0': plainFunction((_run, input) =>
    breakDown(input, 'localtime()'),
  ),
  'mktime/0': plainFunction((_run, input) => makeTime(input)),
  'strftime/1': plainFunction((_run, input, [pattern]) =>
    format(input, pattern, 'strftime/1'),
  ),
  'strflocaltime/1': plainFunction((_run, input, [pattern]) =>
    format(input, pattern, 'strflocaltime/1'),
  ),
  'strptime/1': plainFunction((_run, input, [pattern]) =>
    parse(input, pattern),
  ),
  'todate/0': defined('def todate: strftime("%Y-%m-%dT%H:%M:%SZ");'),
  'fromdate/0': defined('def fromdate: fromdateiso8601;'),
  'date/0': defined('def date: todate;'),
  'todateiso8601/0': defined('def todateiso8601: todate;'),
  'fromdateiso8601/0': defined(
    'def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;',
  ),
  'dateadd/2': defined('def dateadd(unit; n): . + n;'),
  'datesub/2': defined('def datesub(unit; n): . - n;'),
};
