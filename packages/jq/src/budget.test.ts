import { compile, JqBudgetError, JqDialect } from './index';

const budget = {
  steps: 1_000_000,
  size: 2_000_000,
  depth: 10_001,
  timeMs: 60_000,
};

function limitOf(source: string, dialect: JqDialect = 'jq') {
  try {
    compile(source, { dialect }).evaluate(null, { budget });
  } catch (error) {
    if (error instanceof JqBudgetError) {
      return error.limit;
    }
    throw error;
  }
  return 'none';
}

const endless = [
  'last(range(0; infinite))',
  '[range(1e9)]',
  'def f: f; f',
  'def f: 1 + f; f',
  'def f: [f]; f',
  'def f: (f, f); f',
  'def f(g): g | f(g); f(.)',
  'def r: ., (. | r); last(r)',
  '"x" * 1e9',
  'reduce range(100) as $i ("x"; . + .)',
  '[1, 1] | until(false; . + .)',
  '[range(1e5)] | combinations(9)',
  'reduce range(1e9) as $x (0; . + 1)',
  'first(range(0; infinite) | select(. < 0))',
  '.[1e8] = 1',
  '{} | .[range(1e9) | tostring] = 1',
  'try last(range(0; infinite)) catch "caught"',
  'label $l | range(0; infinite)',
  '[limit(1e9; range(0; infinite))]',
  '"a" | [while(true; . + .)]',
];

const catastrophic = [
  '("a" * 40) + "b" | test("(a+)+$")',
  '("a" * 5000) | test("(a|a)*b")',
  '("a" * 20000) | test("^(([a-z])+.)+[A-Z]([a-z])+$")',
  '("x" * 20000) | [match("x*x*x*y"; "g")]',
  '("a" * 30) | test("(a?){30}a{30}b")',
  '("a" * 20000) | [scan("(a*)*c")]',
  '("a" * 5000) | sub("(a*a*)*b"; "")',
  '("ab" * 5000) | test("^(?:(?:a|ab|b)+)+c")',
];

describe.each(['jq', 'sonataflow'] as const)('in the dialect %s', dialect => {
  it.each(endless)('%s ends', source => {
    expect(limitOf(source, dialect)).not.toBe('none');
  });

  it.each(catastrophic)('%s ends', source => {
    expect(limitOf(source, dialect)).not.toBe('none');
  });
});

it.each([
  ['groups inside each other', '("(" * 5000) + (")" * 5000)', /too deeply/],
  ['flags inside each other', '"(?i)" * 5000', /too deeply/],
  ['a large count', '"a{1000000}"', /too big number/],
  ['counts of counts', '"(((a{1000}){1000}){1000}){1000}"', /too large/],
])('a pattern with %s is refused', (_what, pattern, message) => {
  const run = () => compile(`"" | test(${pattern})`).evaluate(null, { budget });
  expect(run).toThrow(message);
  expect(run).not.toThrow(RangeError);
});

it('repeat without end ends', () => {
  expect(limitOf('last(repeat(1))')).toBe('steps');
  expect(limitOf('[limit(1e9; repeat(1))]')).not.toBe('none');
});

it('each limit is named', () => {
  const program = compile('[range(100000)] | length');
  const limits = [{ steps: 10 }, { size: 10 }, { timeMs: -1 }].map(limited => {
    try {
      return program.evaluate(null, { budget: limited });
    } catch (error) {
      return (error as JqBudgetError).limit;
    }
  });
  expect(limits).toEqual(['steps', 'size', 'time']);
  expect(limitOf('def f: [f]; f')).toBe('depth');
});

it('what stays within the budget is not touched by it', () => {
  expect(limitOf('[range(1000)] | map(. * 2) | add')).toBe('none');
  expect(limitOf('("a" * 1000) | test("(a+)+")')).toBe('none');
});
