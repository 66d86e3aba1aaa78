import { mergePatch } from './mergePatch';

describe('mergePatch', () => {
  it('is empty when nothing changed, whatever the order of the names', () => {
    expect(
      mergePatch(
        { a: 1, b: { c: [1, { d: 2, e: 3 }] } },
        { b: { c: [1, { e: 3, d: 2 }] }, a: 1 },
      ),
    ).toMatchObject({ patch: {}, kept: [] });
  });

  it('holds what was changed and added, in objects deeply', () => {
    expect(
      mergePatch(
        { team: { name: 'red', size: 3 }, tags: ['a'], at: null },
        { team: { name: 'green', size: 3 }, tags: ['a', 'b'], at: null, x: {} },
      ),
    ).toEqual({
      patch: { team: { name: 'green' }, tags: ['a', 'b'], x: {} },
      kept: [],
      result: {
        team: { name: 'green', size: 3 },
        tags: ['a', 'b'],
        at: null,
        x: {},
      },
    });
  });

  it('tells what a merge can’t take away', () => {
    expect(
      mergePatch({ a: { b: 1, 'c/d': 2 }, e: 3 }, { a: { b: 2 } }),
    ).toEqual({
      patch: { a: { b: 2 } },
      kept: ['/e', '/a/c~1d'],
      result: { a: { b: 2, 'c/d': 2 }, e: 3 },
    });
  });

  it('replaces an object by something else, and something else by an object', () => {
    expect(
      mergePatch({ a: { b: 1 }, c: 1 }, { a: [1], c: { d: 1 } }).patch,
    ).toEqual({ a: [1], c: { d: 1 } });
  });

  it('is not fooled by inherited names', () => {
    expect(mergePatch({}, JSON.parse('{"constructor":{"a":1}}')).patch).toEqual(
      { constructor: { a: 1 } },
    );
  });
});
