import { formatDuration, formatRelative } from './duration';

describe('formatDuration', () => {
  it.each([
    [-5, '0ms'],
    [0, '0ms'],
    [999, '999ms'],
    [1200, '1.2s'],
    [42_400, '42s'],
    [60_000, '1m'],
    [192_000, '3m 12s'],
    [3_600_000, '1h'],
    [90_061_000, '1d 1h'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms, 'en')).toBe(text);
  });
});

describe('formatRelative', () => {
  const now = Date.parse('2026-01-01T12:00:00Z');

  it.each([
    [now, 'now'],
    [now - 5_000, '5 sec. ago'],
    [now - 300_000, '5 min. ago'],
    [now + 7_200_000, 'in 2 hr.'],
    [now - 86_400_000, 'yesterday'],
  ])('writes %d as %s', (at, text) => {
    expect(formatRelative(at, now, 'en')).toBe(text);
  });
});
