import {
  compile,
  compileText,
  JqBudgetError,
  JqDialect,
  JqError,
  JqHostObject,
  JqSyntaxError,
  JqUndefinedError,
  JqValue,
} from './index';

function outputs(source: string, input: JqValue = null, dialect?: JqDialect) {
  return compile(source, { dialect }).evaluate(input);
}

describe('a text that is no program', () => {
  it.each([
    ['', 0],
    ['.a |', 4],
    ['[1, 2', 5],
    ['"never ends', 0],
    ['{(1): 2}', 2],
    ['. as [] | .', 6],
    ['1 == 2 == 3', 7],
    ['"a\\qb"', 2],
  ])('%s is refused with the place', (source, offset) => {
    const error = thrownBy(() => compile(source));
    expect(error).toBeInstanceOf(JqSyntaxError);
    expect(error).toMatchObject({ offset });
  });

  it.each(['('.repeat(5000), `${'['.repeat(3000)}1`, '-'.repeat(100_000)])(
    'that nests too deeply is refused as well',
    source => {
      expect(() => compile(source)).toThrow(JqSyntaxError);
    },
  );

  it.each([
    ['nonsense', 'nonsense/0'],
    ['map(1; 2)', 'map/2'],
    ['$x', '$x'],
    ['. as $y | [$x]', '$x'],
    ['@nope', '@nope'],
    ['break $out', '$*label-out'],
    ['env', 'env/0'],
  ])('%s names something that does not exist', (source, reference) => {
    const error = thrownBy(() => compile(source));
    expect(error).toBeInstanceOf(JqUndefinedError);
    expect(error).toMatchObject({ reference });
  });
});

describe('a failing program', () => {
  it('throws what catch would see', () => {
    expect(thrownBy(() => outputs('error({code: 7})'))).toMatchObject({
      name: 'JqError',
      value: { code: 7 },
    });
    expect(() => outputs('.a', [])).toThrow(
      'Cannot index array with string ("a")',
    );
  });

  it('has told its outputs before', () => {
    const seen: JqValue[] = [];
    const program = compile('1, 2, error("x"), 3');
    expect(() => program.run(null, output => seen.push(output))).toThrow('x');
    expect(seen).toEqual([1, 2]);
  });

  it('is caught by try only where it happens', () => {
    expect(outputs('try error("x") catch .')).toEqual(['x']);
    expect(() => outputs('(try 1 catch 2) | error("after")')).toThrow('after');
  });
});

describe('variables', () => {
  it('are given by name; those that are missing are null', () => {
    const program = compile('[$a, $b]', { variables: ['a', 'b'] });
    expect(program.evaluate(null, { variables: { a: 1 } })).toEqual([
      [1, null],
    ]);
  });

  it('may be met only when the program runs', () => {
    const program = compile('$late', { undefinedNames: 'fail at run time' });
    expect(program.undefinedNames).toEqual(['$late']);
    expect(program.evaluate(null, { variables: { late: 3 } })).toEqual([3]);
    expect(() => program.evaluate(null)).toThrow(JqError);
  });

  it('may be objects of the host, which are asked for each field', () => {
    class Echo extends JqHostObject {
      constructor(readonly path: string[]) {
        super();
      }

      get(key: string) {
        return new Echo([...this.path, key]);
      }

      toJson() {
        return this.path.join('/');
      }
    }
    const program = compile(
      '$e.a["b"], ($e | .c), ($e as $f | $f.d), [$e.x], $e.y + "!"',
      {
        variables: ['e'],
      },
    );
    expect(program.evaluate(null, { variables: { e: new Echo([]) } })).toEqual([
      'a/b',
      'c',
      'd',
      ['x'],
      'y!',
    ]);
  });

  it('of the host may end the program', () => {
    class Locked extends JqHostObject {
      get(): JqValue {
        throw new TypeError('locked');
      }

      toJson() {
        return null;
      }
    }
    const program = compile('try $l.a catch "caught"', { variables: ['l'] });
    expect(() =>
      program.evaluate(null, { variables: { l: new Locked() } }),
    ).toThrow(TypeError);
  });
});

describe('texts with interpolations', () => {
  it('are compiled as if they stood between quotes', () => {
    expect(compileText('Hello \\(.name)!').evaluate({ name: 'Ann' })).toEqual([
      'Hello Ann!',
    ]);
    expect(() => compileText('Hello')).toThrow(JqSyntaxError);
    expect(() => compileText('a" + "\\(1)')).toThrow(JqSyntaxError);
  });
});

describe('what a program tells of itself', () => {
  it('is the builtins that it calls', () => {
    expect(compile('map(select(.a)) | length').functions).toEqual([
      'length/0',
      'map/1',
      'select/1',
    ]);
  });

  it('is the paths that it selects', () => {
    expect(compile('.a[].b?').paths({ a: [{ b: 1 }, 2] })).toEqual([
      ['a', 0, 'b'],
    ]);
    expect(() => compile('.a + 1').paths({ a: 1 })).toThrow(
      'Invalid path expression',
    );
  });
});

describe('JavaScript does not show through', () => {
  it.each([
    ['.constructor', [null]],
    ['.__proto__', [null]],
    ['.__proto__.x = 1 | keys', [['__proto__']]],
    ['.["constructor"]["prototype"]["polluted"] = true | .x', [null]],
    ['has("toString"), has("__proto__")', [false, false]],
    ['{} | .hasOwnProperty', [null]],
    ['{"__proto__": 1} | .__proto__', [1]],
    [
      '[{"key": "__proto__", "value": {"polluted": 1}}] | from_entries | keys',
      [['__proto__']],
    ],
    ['setpath(["__proto__", "polluted"]; 1) | .polluted', [null]],
    ['{} * {"__proto__": {"polluted": 1}} | .polluted', [null]],
    ['"{\\"__proto__\\": {\\"polluted\\": 1}}" | fromjson | .polluted', [null]],
    ['"x" | capture("(?<constructor>x)") | keys', [['constructor']]],
    [
      'reduce ("__proto__", "constructor") as $k ({}; .[$k].polluted = 1) | length',
      [2],
    ],
  ])('%s', (source, expected) => {
    for (const dialect of ['jq', 'sonataflow'] as const) {
      expect(outputs(source, {}, dialect)).toEqual(expected);
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('even in inputs that have prototypes', () => {
    class Base {
      inherited = 1;
    }
    const input = Object.create(new Base());
    input.own = 2;
    expect(outputs('[.inherited, .own, keys]', input)).toEqual([
      [null, 2, ['own']],
    ]);
  });
});

describe('inputs', () => {
  it('are never changed', () => {
    const input = { a: [3, 1, 2], b: { c: 1 } };
    const before = JSON.stringify(input);
    outputs('.a |= sort | .b.c += 1 | del(.a[0]) | .a += [9] | .d = 1', input);
    outputs(
      '[.a | reduce .[] as $x (.; . + [$x])], (.a | add), (.a | sort)',
      input,
    );
    expect(JSON.stringify(input)).toBe(before);
  });
});

describe('numbers that JSON can not express', () => {
  it('become null or the largest ones when they leave the program', () => {
    expect(outputs('[nan, infinite, -infinite, {a: nan}]')).toEqual([
      [null, Number.MAX_VALUE, -Number.MAX_VALUE, { a: null }],
    ]);
    expect(outputs('nan < 1, (infinite | isinfinite)')).toEqual([true, true]);
  });
});

describe('recursion', () => {
  it('in tail position needs no stack', () => {
    expect(
      outputs(
        'def count: if . >= 200000 then . else (. + 1 | count) end; count',
        0,
      ),
    ).toEqual([200000]);
    expect(outputs('last(limit(100000; repeat(1)))')).toEqual([1]);
  });

  it('elsewhere ends with the budget', () => {
    expect(() => outputs('def f: 1 + f; f')).toThrow(JqBudgetError);
  });
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
