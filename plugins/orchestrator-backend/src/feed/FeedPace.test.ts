import { FeedPace } from './FeedPace';

const POLL_MS = 1_000;

describe('FeedPace', () => {
  const after = (passesMs: number[]) => {
    const pace = FeedPace.create(POLL_MS);
    return passesMs.map(tookMs => pace.pauseMs(tookMs)).at(-1);
  };

  it('reads a quick index at every poll', () => {
    expect(after([20, 30, 20])).toBe(POLL_MS);
  });

  it('lets a slow index rest for ten times what it takes', () => {
    expect(after(Array(50).fill(500))).toBeCloseTo(5_000, -2);
  });

  it('does not hold changes up for one pass that looked far back', () => {
    expect(after([...Array(20).fill(30), 700])).toBeLessThan(2_000);
  });

  it('never rests for longer than a minute', () => {
    expect(after(Array(50).fill(30_000))).toBe(60_000);
  });

  it('asks an index that failed again soon, however long that took', () => {
    const pace = FeedPace.create(POLL_MS);

    expect(pace.pauseAfterFailureMs(10)).toBe(POLL_MS);
    expect(pace.pauseAfterFailureMs(30_000)).toBe(5_000);
  });
});
