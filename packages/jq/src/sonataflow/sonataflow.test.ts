import { compile, JqSyntaxError, JqUndefinedError, JqValue } from '../index';

function outputs(source: string, input: JqValue = null) {
  return compile(source, { dialect: 'sonataflow' }).evaluate(input);
}

describe("SonataFlow's grammar", () => {
  it.each([
    'if . then 1 end',
    '.a.[0]',
    '..[0]',
    '01',
    '1.',
    'if 1 then 2 else 3 end.a',
    '1 as $x, 2 as $y | 3',
    '. as [$a] ?// $a | $a',
    'reduce 1, 2 as $x (0; .)',
    '"line\nbreak"',
    '{a: 1,}',
  ])('does not have %s', source => {
    expect(() => compile(source, { dialect: 'sonataflow' })).toThrow(
      JqSyntaxError,
    );
  });

  it.each<[string, JqValue[], JqValue?]>([
    ['1, 2 as $x | $x + 10', [11, 12]],
    ['true or false and false', [false]],
    ['1 < 2 < 3', [true]],
    ['.a = .b = 3', [{ a: { b: 3 } }]],
    ['try error("x") | 1 catch .', ['x']],
    ['- 1, --1', [-1, 1]],
  ])('reads %s in its own way', (source, expected, input = null) => {
    expect(outputs(source, input)).toEqual(expected);
  });

  it('takes a field after a blank for an access', () => {
    expect(() => outputs('length .variable', {})).toThrow(
      'Cannot index number',
    );
  });
});

describe("SonataFlow's builtins", () => {
  it.each([
    'repeat(1)',
    'ceil',
    'ascii',
    'trim',
    'todate',
    'env',
    'input',
    'isempty(1)',
    'getpath(1; 2)',
    '@base32',
    '$__loc__',
  ])('are without %s', source => {
    expect(() => compile(source, { dialect: 'sonataflow' })).toThrow(
      JqUndefinedError,
    );
  });

  it.each<[string, JqValue[], JqValue?]>([
    ['error(null)', []],
    ['{name}', [{ name: null }], 'text'],
    ['.[1.5]', [null], [1, 2]],
    ['[recurse]', [[[1, null], 1]], [1, null]],
    ['last(empty)', [null]],
    ['nth(5; 1, 2)', [2]],
    ['limit(-1; 1, 2)', [1, 2]],
    ['"a" * 0, "a" * 1.5', [null, 'a']],
    ['indices("b")', [[2]], '😀b'],
    ['ltrimstr(1)', ['a'], 'a'],
    ['[match("a*"; "g") | .offset]', [[0]], 'aa'],
    [
      '[foreach range(3) as $x (0; if $x == 1 then empty else . + 1 end)]',
      [[1, 2]],
    ],
    ['try (1 | error("after")) catch .', ['after']],
    ['[1e20, 1e-7, 1.5] | tostring', ['[1.0e+20,1.0e-7,1.5]']],
    ['"\\(1e20)"', ['1.0E20']],
    ['@uri', ['a%20b!'], 'a b!'],
    ['0 | strftime("yyyy-MM-dd HH:mm")', ['1970-01-01 00:00']],
    ['"2020-01-02" | strptime("yyyy-MM-dd")', [1577923200000]],
    ['0 | strftime("HH:mm"; "GMT+02:00")', ['02:00']],
    ['"a%20b+c" | uridecode', ['a b c']],
  ])('make of %s something else than jq', (source, expected, input = null) => {
    expect(outputs(source, input)).toEqual(expected);
  });

  it.each([
    '{} | .a += 1',
    '.a |= empty',
    'try ({} | .a += 1) catch "caught"',
    'first(1 | tostring)',
    'limit(1; 1, error("next"))',
    'true | contains(false)',
    'def f($x): x; f(1)',
  ])('fail on %s', source => {
    expect(() =>
      outputs(source, source.startsWith('.a') ? { a: 1 } : null),
    ).toThrow();
  });
});

describe('functions that do not exist', () => {
  it.each([
    ['foo', 'foo/0'],
    ['1 + foo', 'foo/0'],
    ['[foo]', 'foo/0'],
    ['select(foo)', 'foo/0'],
    ['foo | bar', undefined],
    ['foo + 1', undefined],
    ['{a: foo}', undefined],
    ['map(foo)', undefined],
  ])('are noticed in %s as SonataFlow notices them', (source, noticed) => {
    const program = compile(source, {
      dialect: 'sonataflow',
      undefinedNames: 'fail at run time',
    });
    expect(program.undefinedNames).toContain('foo/0');
    expect(program.noticedUndefined()).toBe(noticed);
  });
});
