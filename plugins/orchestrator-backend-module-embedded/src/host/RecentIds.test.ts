import { RecentIds } from './RecentIds';

describe('RecentIds', () => {
  it('knows an id again', () => {
    const ids = RecentIds.create(2);
    expect([ids.add('a'), ids.add('b'), ids.add('a')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('forgets the oldest beyond its limit', () => {
    const ids = RecentIds.create(2);
    ['a', 'b', 'c'].forEach(id => ids.add(id));
    expect([ids.add('c'), ids.add('b'), ids.add('a')]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
