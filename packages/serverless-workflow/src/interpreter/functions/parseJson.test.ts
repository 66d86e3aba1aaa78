import { isTooDeep, parseJson } from './parseJson';

describe('parseJson', () => {
  it('reads JSON up to a depth', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseJson('{"a":"[[{"}')).toEqual({ a: '[[{' });
    expect(parseJson('"\\"[["')).toBe('"[[');
    expect(() => parseJson(nested(256))).not.toThrow();
    expect(() => parseJson(nested(257))).toThrow('nested 256 deep');
    expect(() => parseJson(nested(1_000_000))).toThrow('nested 256 deep');
  });

  it('says what is wrong with other texts', () => {
    expect(() => parseJson('{a}')).toThrow('Failed to decode');
  });
});

describe('isTooDeep', () => {
  it('knows deep values from wide ones', () => {
    expect(isTooDeep(Array.from({ length: 10_000 }, () => [1]))).toBe(false);
    let deep: object = [];
    for (let depth = 0; depth < 100_000; depth++) {
      deep = [deep];
    }
    expect(isTooDeep(deep as never)).toBe(true);
  });
});
