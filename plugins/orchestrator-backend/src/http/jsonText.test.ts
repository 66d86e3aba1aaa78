import { checkJsonText } from './jsonText';

const LIMITS = { depth: 3, values: 6 };
const check = (text: string) => checkJsonText(Buffer.from(text), LIMITS);

describe('checkJsonText', () => {
  it.each([
    '{}',
    '"[[[[[[["',
    '"a\\"[[[[\\\\"',
    '[[[]]]',
    '{"a":{"b":{}}}',
    '[[1],[2]]',
    '"{,,,,,,,,,,,}"',
    'not json at all',
  ])('lets %s pass', text => {
    expect(() => check(text)).not.toThrow();
  });

  it.each(['[[[[', '{"a":[{"b":[', '[1,[[['])('finds %s too deep', text => {
    expect(() => check(text)).toThrow('deeper than 3 levels');
  });

  it.each(['[1,2,3,4,5,6,7]', '[[],[],[],[]]', ',,,,,,,'])(
    'finds too much in %s',
    text => {
      expect(() => check(text)).toThrow('more than 6 values');
    },
  );

  it('measures what would overflow the stack of a recursive reader', () => {
    const bomb = Buffer.from('['.repeat(5_000_000));
    expect(() => checkJsonText(bomb, { depth: 256, values: 1e9 })).toThrow(
      'deeper than 256',
    );
  });
});
