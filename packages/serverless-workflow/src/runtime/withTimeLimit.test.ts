/** @jest-environment node */
import { TimeLimitError, withTimeLimit } from './withTimeLimit';

describe('withTimeLimit', () => {
  it('gives back what the work gives', () => {
    expect(withTimeLimit(1_000, () => 42)).toBe(42);
  });

  it('throws what the work throws', () => {
    const error = new TypeError('broken');

    expect(() =>
      withTimeLimit(1_000, () => {
        throw error;
      }),
    ).toThrow(error);
  });

  it.each<[string, () => unknown]>([
    [
      'an endless loop',
      () => {
        for (;;);
      },
    ],
    [
      'a regular expression that backtracks for ever',
      () => /^(a+)+$/.test(`${'a'.repeat(50)}!`),
    ],
  ])('ends %s', (_what, work) => {
    expect(() => withTimeLimit(20, work)).toThrow(TimeLimitError);
  });

  it('can be used again afterwards', () => {
    expect(() =>
      withTimeLimit(20, () => {
        for (;;);
      }),
    ).toThrow(TimeLimitError);

    expect(withTimeLimit(1_000, () => withTimeLimit(1_000, () => 1))).toBe(1);
  });
});
