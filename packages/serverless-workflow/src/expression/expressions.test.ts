/** @jest-environment node */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExpressions, ExpressionError, merge } from './index';
import { Json } from '../runtime/WorkflowRuntime';
import { ExpressionCaseFile } from './testing/ExpressionCase';
import { runExpressionCase } from './testing/runExpressionCase';

const FILE = join(
  __dirname,
  '../../../../../shared/conformance/sonataflow/expressions.json',
);

const context = {
  workflow: {
    id: 'order',
    name: 'Order',
    instanceId: '1-2-3',
    headers: { tenant: 'acme', json: '{"a": 1}' },
    input: { first: true },
    statusCode: 404,
  },
  variables: { item: { price: 3 } },
};

const functions = new Map([
  ['total', '.price * .count'],
  ['alias', '${ fn:total }'],
  ['loop', 'fn:loop'],
]);

const secrets: Record<string, string> = { token: 't', 'db.password': 'p' };

const jq = createExpressions({
  constants: { rate: 2, nested: { text: '.price' } },
  secret: key => secrets[key],
  functions,
});
const jsonpath = createExpressions({
  lang: 'jsonpath',
  constants: { rate: 2 },
  secret: key => secrets[key],
});

describe('an expression that is wrong', () => {
  it.each(['.a |', 'Waiting for event', '', 'unknownFunction', '${ .a + }'])(
    '%s is not valid, and evaluating it fails',
    text => {
      expect(jq.isValid(text)).toBe(false);
      expect(() => jq.evaluate(text, {}, context)).toThrow(ExpressionError);
    },
  );

  it('tells what is wrong and where', () => {
    expect(jq.problem('.a |')).toMatchObject({ offset: 4 });
    expect(jq.problem('ceil')).toMatchObject({ undefinedReference: 'ceil/0' });
    expect(jq.problem('[.[] | $row]')).toMatchObject({
      undefinedReference: '$row',
    });
    expect(jq.problem('.a')).toBeUndefined();
  });

  it('may be one that SonataFlow accepts and that fails when it runs', () => {
    expect(jq.isValid('nothing | length')).toBe(true);
    expect(() => jq.evaluate('nothing | length', {}, context)).toThrow(
      ExpressionError,
    );
  });

  it('may refer to functions that do not exist or never end', () => {
    for (const text of ['fn:missing', 'fn:loop']) {
      expect(jq.isValid(text)).toBe(false);
      expect(() => jq.evaluate(text, {}, context)).toThrow(ExpressionError);
    }
  });

  it('is not taken for a text when it used up its budget', () => {
    const limited = createExpressions({ budget: { steps: 1000 } });
    expect(() =>
      limited.evaluateArguments({ a: '[range(1e6)]' }, {}, context),
    ).toThrow(ExpressionError);
  });
});

describe('texts of expressions', () => {
  const data = { price: 3, count: 2 };

  it.each(['.price', '${ .price }', '${.price}', '{{ .price }}', ' .price '])(
    '%s may have delimiters',
    text => {
      expect(jq.evaluate(text, data, context)).toBe(3);
    },
  );

  it('may name a function', () => {
    expect(jq.evaluate('fn:total', data, context)).toBe(6);
    expect(jq.evaluate('${ fn:alias }', data, context)).toBe(6);
  });

  it('may be the inside of a string', () => {
    expect(jq.evaluateString('Price: \\(.price)', data, context)).toBe(
      'Price: 3',
    );
  });
});

describe('results', () => {
  const data = { list: [1, 2], text: 'true', zero: 0, half: 0.5 };

  it('of several outputs are a list, of none null', () => {
    expect(jq.evaluate('.list[]', data, context)).toEqual([1, 2]);
    expect(jq.evaluate('.list[0]', data, context)).toBe(1);
    expect(jq.evaluate('empty', data, context)).toBeNull();
  });

  it('as texts stand side by side; null and containers have none', () => {
    expect(jq.evaluateString('.list[]', data, context)).toBe('1 2');
    expect(jq.evaluateString('.missing', data, context)).toBe('');
    expect(jq.evaluateString('.list', data, context)).toBe('');
    expect(jq.evaluateString('1e20', data, context)).toBe('1.0E20');
  });

  it.each([
    ['true', true],
    ['.text', true],
    ['1', true],
    ['.zero', false],
    ['.half', false],
    ['"yes"', false],
    ['null', false],
    ['.list', false],
  ])('%s as a condition is %s', (text, expected) => {
    expect(jq.evaluateBoolean(text, data, context)).toBe(expected);
  });

  it('as a condition have to be there', () => {
    expect(() => jq.evaluateBoolean('empty', data, context)).toThrow(
      'Constraints must return boolean values: empty gives nothing',
    );
  });

  it('as a collection are joined', () => {
    expect(jq.evaluateCollection('.list, 3', data, context)).toEqual([1, 2, 3]);
    expect(jq.evaluateCollection('.missing', data, context)).toEqual([null]);
  });
});

describe('magic variables', () => {
  it.each<[string, Json]>([
    ['$WORKFLOW.id', 'order'],
    ['$WORKFLOW.headers.tenant', 'acme'],
    ['$WORKFLOW.headers.json.a', 1],
    ['$WORKFLOW.input.first', true],
    ['$WORKFLOW.statusCode', 404],
    ['$WORKFLOW | .name', 'Order'],
    ['$WORKFLOW.prevActionResult', null],
    ['$CONST.rate * 2', 4],
    ['$CONST.nested.text', '.price'],
    ['$SECRET.token', 't'],
    ['$SECRET.db.password', 'p'],
    ['$SECRET."db.password"', 'p'],
    ['$SECRET.missing', null],
    ['"Bearer " + $SECRET.token', 'Bearer t'],
    ['$item.price', 3],
  ])('%s', (text, expected) => {
    expect(jq.evaluate(text, {}, context)).toEqual(expected);
  });

  it('have no other keys', () => {
    expect(() => jq.evaluate('$WORKFLOW.version', {}, context)).toThrow(
      'Cannot find key version in context',
    );
  });
});

describe('arguments', () => {
  it('are evaluated where they are valid and kept where they are not', () => {
    const args = {
      value: '.a',
      text: 'Waiting for event',
      failing: '.a.b.c',
      interpolated: 'a is \\(.a)',
      nested: ['${ .a + 1 }', 2, null, { deep: '.a' }],
      json: '{"x": ".a"}',
    };
    expect(jq.evaluateArguments(args, { a: 1 }, context)).toEqual({
      value: 1,
      text: 'Waiting for event',
      failing: '.a.b.c',
      interpolated: 'a is 1',
      nested: [2, 2, null, { deep: 1 }],
      json: { x: 1 },
    });
  });
});

describe('assignment', () => {
  it.each<[string, Json, Json, Json]>([
    ['.a', {}, 1, { a: 1 }],
    ['.a.b', {}, 1, { a: { b: 1 } }],
    ['.a.b', { a: { c: 2 } }, 1, { a: { c: 2, b: 1 } }],
    ['.a', { a: { x: 1 } }, { y: 2 }, { a: { x: 1, y: 2 } }],
    ['.a', { a: [1] }, [2], { a: [2] }],
    ['.a', { a: [1] }, 2, { a: [1, 2] }],
    ['.a', { a: 'old' }, { y: 2 }, { a: { y: 2, _target: 'old' } }],
    ['.a["b"]', { a: { b: { x: 1 } } }, { y: 2 }, { a: { b: { x: 1, y: 2 } } }],
    ['.a["b"]', {}, 1, {}],
    ['.a', {}, null, {}],
    ['.a.b', { c: 1 }, null, { a: {}, c: 1 }],
    ['.', { x: 1 }, { y: 2 }, { x: 1, y: 2 }],
    ['.__proto__', {}, 1, JSON.parse('{"__proto__": 1}')],
  ])('to %s of %j', (text, data, value, expected) => {
    const before = JSON.stringify(data);
    expect(jq.assign(text, data, value, context)).toEqual(expected);
    expect(JSON.stringify(data)).toBe(before);
  });

  it('shares what does not change', () => {
    const data = { a: { big: [1, 2, 3] }, b: {} };
    const result = jq.assign('.b.c', data, 1, context) as typeof data;
    expect(result.a).toBe(data.a);
  });
});

describe('merging', () => {
  it.each<[Json, Json, Json]>([
    [null, 1, 1],
    [{}, 1, 1],
    [{}, null, {}],
    [{ a: 1 }, null, { a: 1 }],
    [{ a: 1 }, 'text', { a: 1, response: 'text' }],
    [{ a: { b: 1 } }, { a: { c: 2 } }, { a: { b: 1, c: 2 } }],
    [{ a: [1] }, { a: [2] }, { a: [2] }],
    [[1], 1, [1]],
    [[1], null, [1]],
    [{ a: 1 }, { b: null }, { a: 1 }],
    [{ a: 1 }, { a: null, b: { c: null } }, { a: null, b: { c: null } }],
    ['x', { a: 1 }, { a: 1, _target: 'x' }],
    ['x', [1], ['x', 1]],
  ])('%j and %j', (target, source, expected) => {
    const before = JSON.stringify([target, source]);
    expect(merge(target, source)).toEqual(expected);
    expect(JSON.stringify([target, source])).toBe(before);
  });

  it('keeps odd keys ordinary', () => {
    merge({ a: 1 }, JSON.parse('{"__proto__": {"polluted": 1}}'));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('JSONPath', () => {
  const data: Json = {
    store: {
      book: [
        { title: 'A', price: 8, tags: ['x'] },
        { title: 'B', price: 12, isbn: '1' },
        { title: 'C', price: 20, isbn: '2' },
      ],
    },
    empty: [],
  };

  it.each<[string, Json]>([
    ['$.store.book[0].title', 'A'],
    ["$['store']['book'][-1]['title']", 'C'],
    ['$.store.book[*].title', ['A', 'B', 'C']],
    ['$..price', [8, 12, 20]],
    ['$.store.book[0,2].title', ['A', 'C']],
    ['$.store.book[:2].title', ['A', 'B']],
    ['$.store.book[1:].price', [12, 20]],
    ['$.store.book[?(@.isbn)].title', ['B', 'C']],
    ['$.store.book[?(@.price < 15 && @.isbn)].title', ['B']],
    ["$.store.book[?(@.title == 'A' || @.price >= 20)].title", ['A', 'C']],
    ['$.store.book[?(!(@.isbn))].title', ['A']],
    ['$.store.book[?(@.title =~ /[ab]/i)].title', ['A', 'B']],
    ["$.store.book[?(@.title in ['B', 'C'])].price", [12, 20]],
    ["$.store.book[?(@.tags contains 'x')].title", ['A']],
    ['$.store.book.length()', 3],
    ['$..price.sum()', 40],
    ['$..price.max()', 20],
    ['$WORKFLOW.id', 'order'],
    ['$CONST.rate', 2],
    ['$SECRET.db.password', 'p'],
    ['$.item.price', 3],
    ['$..missing', []],
  ])('%s', (text, expected) => {
    expect(jsonpath.evaluate(text, data, context)).toEqual(expected);
  });

  it.each(['$.missing', '$.store.book[9]', '$.store.book.title', '$.a.b.c'])(
    '%s leads nowhere',
    text => {
      expect(() => jsonpath.evaluate(text, data, context)).toThrow(
        ExpressionError,
      );
    },
  );

  it.each([
    '$-',
    '$.',
    '$..',
    '$.a[',
    '$[?(@.a ==)]',
    'two words',
    '$.a.nope()',
  ])('%s is not valid', text => {
    expect(jsonpath.isValid(text)).toBe(false);
  });

  it('makes texts of several paths', () => {
    const text = '$.store.book[0].title$.store.book[1].title';
    expect(jsonpath.evaluateString(text, data, context)).toBe('AB');
  });

  it('takes lists as conditions', () => {
    expect(
      jsonpath.evaluateBoolean('$.store.book[?(@.price > 15)]', data, context),
    ).toBe(true);
    expect(
      jsonpath.evaluateBoolean('$.store.book[?(@.price > 99)]', data, context),
    ).toBe(false);
  });

  it('is not stalled by bad patterns', () => {
    const text = '$.a[?(@ =~ /(x+x+)+y/)]';
    expect(() =>
      jsonpath.evaluate(text, { a: ['x'.repeat(200)] }, context),
    ).toThrow(ExpressionError);
  });
});

describe('cases of SonataFlow', () => {
  if (!existsSync(FILE)) {
    it.todo(`are not run: there is no file ${FILE}`);
    return;
  }

  it('pass', () => {
    const file: ExpressionCaseFile = JSON.parse(readFileSync(FILE, 'utf8'));
    const before = JSON.stringify(file);
    const results = file.cases.map(each => runExpressionCase(each, file));
    expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
    expect(JSON.stringify(file)).toBe(before);
  });
});
