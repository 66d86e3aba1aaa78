/** @jest-environment node */
import { systemClock } from './systemClock';

describe('systemClock', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('calls back after more than 2^31 milliseconds', () => {
    const callback = jest.fn();
    const dayMs = 86_400_000;
    systemClock.at(60 * dayMs, callback);
    jest.advanceTimersByTime(60 * dayMs - 1);
    expect(callback).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('follows the clock of the system when that is set', () => {
    const callback = jest.fn();
    systemClock.at(10 * 3_600_000, callback);
    jest.setSystemTime(9.99 * 3_600_000);
    jest.advanceTimersByTime(120_000);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('does not call back early when the clock was set back', () => {
    const callback = jest.fn();
    systemClock.at(30_000, callback);
    jest.setSystemTime(-30_000);
    jest.advanceTimersByTime(30_000);
    expect(callback).not.toHaveBeenCalled();
    jest.advanceTimersByTime(30_000);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('calls nobody back who has cancelled', () => {
    const callback = jest.fn();
    const cancel = systemClock.at(100_000, callback);
    jest.advanceTimersByTime(70_000);
    cancel();
    jest.advanceTimersByTime(70_000);
    expect(callback).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });
});
