import { useMemo } from 'react';
import { formatDuration, formatRelative } from './duration';
import { useLanguage } from './useLanguage';

/** How this viewer reads times and numbers. */
export interface Format {
  /** Date and time to the second. */
  dateTime(iso: string): string;
  /** Time of day with milliseconds, for steps that lie close together. */
  time(iso: string): string;
  /** A day without a time, given as `2026-01-31`. */
  day(isoDay: string): string;
  /** How long ago or ahead. */
  relative(iso: string, now: number): string;
  /** A length of time in milliseconds. */
  duration(ms: number): string;
  number(value: number): string;
  /** A ratio between 0 and 1. */
  percent(ratio: number): string;
}

function createFormat(language: string): Format {
  const dateTime = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  const time = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
  const day = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 0,
  });
  return {
    dateTime: iso => dateTime.format(new Date(iso)),
    time: iso => time.format(new Date(iso)),
    day: isoDay => day.format(new Date(isoDay)),
    relative: (iso, now) => formatRelative(Date.parse(iso), now, language),
    duration: ms => formatDuration(ms, language),
    number: value => number.format(value),
    // Never shows 100 % while something failed, nor 0 % while something succeeded.
    percent: ratio =>
      percent.format(
        ratio > 0 && ratio < 1 ? Math.min(0.99, Math.max(0.01, ratio)) : ratio,
      ),
  };
}

/** Formatting in the viewer's language. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => createFormat(language), [language]);
}
