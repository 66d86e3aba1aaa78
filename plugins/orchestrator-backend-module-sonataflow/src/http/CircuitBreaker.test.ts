import { FakeClock } from '../__testUtils__/FakeClock';
import { CircuitBreaker } from './CircuitBreaker';
import { HttpFailure } from './HttpFailure';

const broken = () => Promise.reject(new HttpFailure('broken', 'reset'));
const fine = async () => 'fine';

describe('CircuitBreaker', () => {
  let clock: FakeClock;
  let breaker: CircuitBreaker;

  beforeEach(() => {
    clock = new FakeClock();
    breaker = CircuitBreaker.create('The service', clock);
  });

  async function fail(times: number) {
    for (let i = 0; i < times; i++) {
      await expect(breaker.run(broken)).rejects.toThrow('reset');
    }
  }

  it('stays closed while failures are not in a row', async () => {
    for (let i = 0; i < 5; i++) {
      await fail(4);
      await expect(breaker.run(fine)).resolves.toBe('fine');
    }
  });

  it('opens after five failures in a row, without making the call', async () => {
    await fail(5);
    const call = jest.fn(fine);
    await expect(breaker.run(call)).rejects.toMatchObject({
      kind: 'not-sent',
      message: 'The service failed repeatedly and is not called for a while',
    });
    expect(call).not.toHaveBeenCalled();
  });

  it('closes when the trial after the pause goes well', async () => {
    await fail(5);
    clock.advance(1_000);
    await expect(breaker.run(fine)).resolves.toBe('fine');
    await fail(4);
    await expect(breaker.run(fine)).resolves.toBe('fine');
  });

  it('makes one trial at a time', async () => {
    await fail(5);
    clock.advance(1_000);
    let finish = (_: string) => {};
    const trial = breaker.run(() => new Promise<string>(r => (finish = r)));
    await expect(breaker.run(fine)).rejects.toThrow('not called');
    finish('done');
    await expect(trial).resolves.toBe('done');
    await expect(breaker.run(fine)).resolves.toBe('fine');
  });

  it('waits longer after each failed trial, up to half a minute', async () => {
    await fail(5);
    for (const pauseMs of [
      1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]) {
      clock.advance(pauseMs - 1);
      await expect(breaker.run(fine)).rejects.toThrow('not called');
      clock.advance(1);
      await fail(1);
    }
  });

  it.each([
    ['an answer that is too large', new HttpFailure('too-large', 'large')],
    ['a caller who gave up', new DOMException('gone', 'AbortError')],
  ])('does not count %s', async (_what, error) => {
    for (let i = 0; i < 10; i++) {
      await expect(breaker.run(() => Promise.reject(error))).rejects.toBe(
        error,
      );
    }
    await expect(breaker.run(fine)).resolves.toBe('fine');
  });
});
