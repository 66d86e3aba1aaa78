import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { stepsOf } from '../steps';
import { timeLineRows } from './timeLineRows';

const rowsOf = (nodes: InstanceNode[], now: number) =>
  timeLineRows(stepsOf(nodes), () => true, now);

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
    expect(rowsOf([], 0)).toEqual([]);
  });

  it('puts each node under the one that it is part of', () => {
    const rows = rowsOf(
      [
        node('a', 0, 4),
        node('b', 4, 8),
        node('a1', 1, 2, 'a'),
        node('x', 5, 6, 'gone'),
      ],
      10_000,
    );

    expect(rows.map(row => [row.step.node.id, row.depth])).toEqual([
      ['a', 0],
      ['a1', 1],
      ['b', 0],
      ['x', 0],
    ]);
  });

  it('hands the parts of what is left out to what that is part of', () => {
    const nodes = [node('a', 0, 4), node('b', 1, 3, 'a'), node('c', 1, 2, 'b')];
    const rows = timeLineRows(
      stepsOf(nodes),
      ({ node: { id } }) => id !== 'b',
      0,
    );

    expect(rows.map(row => [row.step.node.id, row.depth])).toEqual([
      ['a', 0],
      ['c', 1],
    ]);
  });

  it('lets unfinished nodes last until now', () => {
    const [first, second] = rowsOf([node('a', 0, 5), node('b', 5)], 10_000);

    expect(first).toMatchObject({ start: 0, length: 0.5, durationMs: 5000 });
    expect(second).toMatchObject({ start: 0.5, length: 0.5, durationMs: 5000 });
  });

  it('lets what failed last until something else began', () => {
    const failed = { ...node('a', 0), status: 'failed' as const };
    const part = {
      ...node('a1', 1, undefined, 'a'),
      status: 'failed' as const,
    };
    const rows = timeLineRows(
      stepsOf([failed, part, node('b', 3, 4)]),
      () => true,
      undefined,
    );

    expect(rows.map(({ durationMs }) => durationMs)).toEqual([
      3000, 2000, 1000,
    ]);
  });

  it('keeps the shortest bars visible and inside', () => {
    const [, last] = rowsOf([node('a', 0, 100), node('b', 100, 100)], 0);

    expect(last.length).toBeGreaterThan(0);
    expect(last.start + last.length).toBeLessThanOrEqual(1);
  });
});
