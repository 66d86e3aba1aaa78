import { TooManyRequestsError } from './errors';
import { RateLimiter } from './RateLimiter';

describe('RateLimiter', () => {
  let now: number;
  let limiter: RateLimiter;

  beforeEach(() => {
    now = 0;
    limiter = RateLimiter.create({
      deed: 'start workflows',
      burst: 3,
      perMinute: 60,
      now: () => now,
    });
  });

  const taken = (principal: string, tries: number) => {
    let count = 0;
    for (let i = 0; i < tries; i++) {
      try {
        limiter.take(principal);
        count += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(TooManyRequestsError);
      }
    }
    return count;
  };

  it('allows a burst, then one at a time as the minute goes on', () => {
    expect(taken('ada', 10)).toBe(3);
    now += 999;
    expect(taken('ada', 10)).toBe(0);
    now += 1;
    expect(taken('ada', 10)).toBe(1);
  });

  it('saves up no more than a burst', () => {
    taken('ada', 3);
    now += 3_600_000;
    expect(taken('ada', 10)).toBe(3);
  });

  it('takes nothing from others', () => {
    taken('ada', 10);
    expect(taken('bob', 10)).toBe(3);
  });

  it('says when it goes on', () => {
    taken('ada', 3);
    now += 400;
    expect(() => limiter.take('ada')).toThrow(
      expect.objectContaining({
        message: 'You start workflows too quickly; try again in 1 s.',
        retryAfterSeconds: 1,
      }),
    );
  });
});
