import { parseDuration } from './duration';

describe('parseDuration', () => {
  it.each([
    ['PT0.001S', 1],
    ['PT1,5S', 1500],
    ['PT2M', 120_000],
    ['PT1H30M', 5_400_000],
    ['P2D', 172_800_000],
    ['P1DT1S', 86_401_000],
    ['-PT1S', -1000],
    ['pt1s', 1000],
  ])('reads %s', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });

  it.each(['', 'P', 'PT', 'P1M', 'P1Y', '1S', 'PT1', 'T1S', 'PT1S2M', 'PT1.S'])(
    'refuses %p',
    text => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});
