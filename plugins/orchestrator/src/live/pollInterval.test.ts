import { pollEvery } from './pollInterval';

const after = (fetchFailureCount: number) =>
  pollEvery(2000)({
    state: {
      status: fetchFailureCount > 0 ? 'error' : 'success',
      fetchFailureCount,
    },
  } as Parameters<ReturnType<typeof pollEvery>>[0]);

describe('pollEvery', () => {
  it('backs off while it fails, up to a minute', () => {
    expect([0, 1, 2, 3, 20].map(after)).toEqual([
      2000, 4000, 8000, 16_000, 60_000,
    ]);
  });
});
