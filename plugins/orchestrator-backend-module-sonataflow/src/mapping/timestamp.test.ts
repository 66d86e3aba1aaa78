import { normalTimestamp, parseTimestamp } from './timestamp';

describe('timestamps of the Data Index', () => {
  it.each([
    ['2026-01-01T10:00:04.15Z', '2026-01-01T10:00:04.150Z'],
    ['2026-01-01T10:00:20Z', '2026-01-01T10:00:20.000Z'],
    ['2026-01-01T10:00:00.1Z', '2026-01-01T10:00:00.100Z'],
    ['2026-01-01T10:00:00.123456Z', '2026-01-01T10:00:00.123Z'],
    ['2026-01-01T12:00:00+02:00', '2026-01-01T10:00:00.000Z'],
    ['2026-01-01T10:00:00.5', '2026-01-01T10:00:00.500Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(normalTimestamp(text)).toBe(expected);
  });

  it.each([[null], [undefined], [''], ['yesterday'], [17], [{}]])(
    'reads %j as no time',
    value => {
      expect(parseTimestamp(value)).toBeUndefined();
    },
  );
});
