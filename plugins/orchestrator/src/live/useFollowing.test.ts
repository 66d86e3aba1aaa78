import { act, renderHook } from '@testing-library/react';
import { useFollowing } from './useFollowing';

describe('useFollowing', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const follow = (canChange: boolean) =>
    renderHook(({ canChange: can }) => useFollowing(can), {
      initialProps: { canChange },
    });
  const pass = (ms: number) => act(() => jest.advanceTimersByTime(ms));

  it('goes on as long as something can change', () => {
    const { result } = follow(true);
    pass(3_600_000);
    expect(result.current).toBe(true);
  });

  it('goes on for a moment after the end, and then ends', () => {
    const { result, rerender } = follow(true);
    pass(60_000);
    rerender({ canChange: false });
    pass(9_000);
    expect(result.current).toBe(true);
    pass(1_000);
    expect(result.current).toBe(false);
  });

  it('looks for a moment at what had ended before', () => {
    const { result } = follow(false);
    expect(result.current).toBe(true);
    pass(10_000);
    expect(result.current).toBe(false);
  });

  it('begins again when it goes on after all', () => {
    const { result, rerender } = follow(false);
    pass(10_000);
    rerender({ canChange: true });
    expect(result.current).toBe(true);
  });
});
