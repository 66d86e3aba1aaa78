import { Pace } from './Pace';

const EVERY_MS = 1_000;

describe('Pace', () => {
  /** The pauses after passes that took so long, one after the other. */
  const pausesAfter = (passesMs: number[], savingsMs = 2_000) => {
    const pace = Pace.create({ everyMs: EVERY_MS, share: 0.1, savingsMs });
    let now = 1_700_000_000_000;
    return passesMs.map(tookMs => {
      now += tookMs;
      const pause = pace.pauseMs(tookMs, now);
      now += pause;
      return pause;
    });
  };

  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

  it('lets passes that are short follow each other at the shortest pause', () => {
    expect(new Set(pausesAfter(Array(100).fill(50)))).toEqual(
      new Set([EVERY_MS]),
    );
  });

  it('does not rest for one slow pass among short ones', () => {
    const passes = [...Array(30).fill(30), 1_500, ...Array(30).fill(30), 1_500];
    expect(new Set(pausesAfter(passes))).toEqual(new Set([EVERY_MS]));
  });

  it.each([150, 500, 5_000])(
    'keeps passes of %i ms to their share in the long run',
    tookMs => {
      const passes = Array(400).fill(tookMs);
      const pauses = pausesAfter(passes);
      const took = sum(passes) - 2_000 - tookMs;
      expect(took / (sum(passes) + sum(pauses))).toBeLessThanOrEqual(0.1);
    },
  );

  it('rests at once for what has nothing saved up', () => {
    expect(pausesAfter([500], 0)).toEqual([5_000]);
  });

  it('never rests for longer than a minute, and owes nothing afterwards', () => {
    expect(pausesAfter([600_000, 10], 0)).toEqual([60_000, EVERY_MS]);
  });

  it('is not led astray by a clock that was set back', () => {
    const pace = Pace.create({ everyMs: EVERY_MS, share: 0.1, savingsMs: 500 });
    pace.pauseMs(100, 1_700_000_000_000);
    expect(pace.pauseMs(100, 1_600_000_000_000)).toBe(EVERY_MS);
  });

  it('asks an engine that failed again soon, however long that took', () => {
    const pace = Pace.create({ everyMs: EVERY_MS, share: 0.1, savingsMs: 0 });
    expect(pace.pauseAfterFailureMs(10)).toBe(EVERY_MS);
    expect(pace.pauseAfterFailureMs(30_000)).toBe(5_000);
  });
});
