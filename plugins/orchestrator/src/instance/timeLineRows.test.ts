import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { timeLineRows } from './timeLineRows';

const at = (second: number) => new Date(second * 1000).toISOString();
const node = (
  id: string,
  enter: number,
  exit?: number,
  parentNodeId?: string,
): InstanceNode => ({
  id,
  name: id,
  type: 'ActionNode',
  status: exit === undefined ? 'running' : 'completed',
  enter: at(enter),
  ...(exit !== undefined && { exit: at(exit) }),
  ...(parentNodeId && { parentNodeId }),
});

describe('timeLineRows', () => {
  it('has no rows without nodes', () => {
    expect(timeLineRows([], 0)).toEqual([]);
  });

  it('puts each node under the one that it is part of', () => {
    const rows = timeLineRows(
      [
        node('a', 0, 4),
        node('b', 4, 8),
        node('a1', 1, 2, 'a'),
        node('x', 5, 6, 'gone'),
      ],
      10_000,
    );

    expect(rows.map(row => [row.node.id, row.depth])).toEqual([
      ['a', 0],
      ['a1', 1],
      ['b', 0],
      ['x', 0],
    ]);
  });

  it('lets unfinished nodes last until now', () => {
    const [first, second] = timeLineRows(
      [node('a', 0, 5), node('b', 5)],
      10_000,
    );

    expect(first).toMatchObject({ start: 0, length: 0.5, durationMs: 5000 });
    expect(second).toMatchObject({ start: 0.5, length: 0.5, durationMs: 5000 });
  });

  it('keeps the shortest bars visible and inside', () => {
    const [, last] = timeLineRows([node('a', 0, 100), node('b', 100, 100)], 0);

    expect(last.length).toBeGreaterThan(0);
    expect(last.start + last.length).toBeLessThanOrEqual(1);
  });
});
