import {
  InstanceNode,
  InstanceNodeList,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { aNode } from '../__testUtils__/fixtures';
import { mostNodes, readNodes } from './readNodes';

const nodes = (count: number, more: Partial<InstanceNode> = {}) =>
  Array.from({ length: count }, (_, index) =>
    aNode({ id: `n${index}`, ...more }),
  );

/** An API that has these nodes, and notes the offsets that it was asked for. */
function over(all: InstanceNode[]) {
  const offsets: number[] = [];
  const progress: number[] = [];
  const read = (before?: InstanceNodeList) =>
    readNodes({
      before,
      readPage: async ({ limit, offset = 0 }) => {
        offsets.push(offset);
        const items = all.slice(offset, offset + limit);
        return { items, total: all.length, dataVisible: true };
      },
      onProgress: ({ items }) => progress.push(items.length),
    });
  return { offsets, progress, read };
}

describe('readNodes', () => {
  it('asks once for few', async () => {
    const { offsets, progress, read } = over(nodes(3));

    expect((await read()).items).toHaveLength(3);
    expect(offsets).toEqual([0]);
    expect(progress).toEqual([]);
  });

  it('asks once for none, and once for exactly one page', async () => {
    const none = over([]);
    await none.read();
    expect(none.offsets).toEqual([0]);

    const page = over(nodes(1000));
    await page.read();
    expect(page.offsets).toEqual([0]);
  });

  it('reads many page by page, and tells how far it is', async () => {
    const all = nodes(2500);
    const { offsets, progress, read } = over(all);

    expect((await read()).items).toEqual(all);
    expect(offsets).toEqual([0, 1000, 2000]);
    expect(progress).toEqual([1000, 2000]);
  });

  it('reads again only what may have changed', async () => {
    const all = nodes(3500);
    all[0] = aNode({ id: 'loop', status: 'running', exit: undefined });
    const before = await over(all.slice(0, 3200)).read();
    const { offsets, progress, read } = over(all);

    expect((await read(before)).items).toEqual(all);
    expect(offsets).toEqual([0, 3000]);
    expect(progress).toEqual([]);
  });

  it('looks behind a list that was full', async () => {
    const all = nodes(2001);
    const before = await over(all.slice(0, 2000)).read();
    const { offsets, read } = over(all);

    expect((await read(before)).items).toHaveLength(2001);
    expect(offsets).toEqual([2000]);
  });

  it('ends somewhere', async () => {
    const list = await over(nodes(mostNodes + 1)).read();

    expect(list.items).toHaveLength(mostNodes);
    expect(list.total).toBe(mostNodes + 1);
  });
});
