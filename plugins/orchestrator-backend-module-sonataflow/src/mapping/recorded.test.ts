import { EngineInstance } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { recorded } from '../__testUtils__/recorded';

const TECHNICAL = ['StartNode', 'EndNode', 'Join', 'BoundaryEventNode'];

/** One line for each step, below what it is part of. */
function outline({ nodes }: EngineInstance): string[] {
  const linesUnder = (parent: string | undefined, indent: string): string[] =>
    nodes
      .filter(
        ({ parentNodeId, type }) =>
          parentNodeId === parent && !TECHNICAL.includes(type),
      )
      .flatMap(node => [
        [
          `${indent}${node.name}`,
          node.iteration === undefined ? '' : ` #${node.iteration}`,
          node.timer ? ` (${node.timer})` : '',
          `: ${node.status}`,
          node.errorHandled ? ` by ${node.errorMessage}, handled` : '',
        ].join(''),
        ...linesUnder(node.id, `${indent}  `),
      ]);
  return linesUnder(undefined, '');
}

/** What each step took, in milliseconds. */
function durations({ nodes }: EngineInstance): Record<string, number> {
  return Object.fromEntries(
    nodes.flatMap(({ name, type, enter, exit }) =>
      exit && !TECHNICAL.includes(type)
        ? [[name, Date.parse(exit) - Date.parse(enter)]]
        : [],
    ),
  );
}

describe('a switch on events', () => {
  it('waits, with what it waits for below it', () => {
    const instance = recorded('choice-waiting');
    expect(outline(instance)).toEqual([
      'Announce release: completed',
      '  Tell release managers: completed',
      'Wait for decision: waiting',
      '  releaseHeld: waiting',
      '  Wait for decision (timeout): waiting',
      '  releaseApproved: waiting',
    ]);
    expect(instance.waits).toMatchObject([
      { nodeName: 'Wait for decision', eventName: 'releaseHeld' },
      { nodeName: 'Wait for decision', eventName: 'releaseApproved' },
      { nodeName: 'Wait for decision', kind: 'timer', timer: 'timeout' },
    ]);
  });

  it('is done by one event, and the other ways are given up', () => {
    const instance = recorded('choice-made');
    expect(outline(instance).slice(2)).toEqual([
      'Wait for decision: completed',
      '  releaseHeld: aborted',
      '  Wait for decision (timeout): aborted',
      '  releaseApproved: completed',
      'Ship release: completed',
      '  Tell service team #0: completed',
      '  Tell service team #1: completed',
      'Report shipment: completed',
      '  Report: completed',
    ]);
    expect(durations(instance)['Wait for decision']).toBe(41_630);
  });
});

it('what was left because its time was over is awaited no more', () => {
  const instance = recorded('timeouts-waiting');
  expect(outline(instance)).toEqual([
    'Ask somebody: completed',
    '  Ask: completed',
    '  answered: aborted',
    '  Ask somebody (timeout): completed',
    'Await both: waiting',
    '  Await both (timeout): waiting',
    '  answered: waiting',
    '  other: waiting',
  ]);
  expect(instance.waits.map(({ nodeName }) => nodeName)).toEqual([
    'Await both',
    'Await both',
    'Await both',
  ]);
});

describe('an error that the workflow handles', () => {
  it('is told of the step and of its state, each time', () => {
    expect(outline(recorded('caught-in-loop')).slice(1, 9)).toEqual([
      'Ask for health: failed by HTTP:503, handled',
      '  Ask for health: failed by HTTP:503, handled',
      'Count attempt: completed',
      '  Count: completed',
      'Try again?: completed',
      'Pause (sleep): completed',
      'Ask for health: failed by HTTP:503, handled',
      '  Ask for health: failed by HTTP:503, handled',
    ]);
  });

  it('is told of the iteration and of the branch that it comes from', () => {
    expect(outline(recorded('caught-in-foreach'))).toEqual([
      'Each: failed by HTTP:503, handled',
      '  Ask for health #0: completed',
      '  Take note #0: completed',
      '  Ask for health #1: failed by HTTP:503, handled',
      'Branches: running',
      '  Good: completed',
      '    Good one: completed',
      '  Bad: failed by HTTP:503, handled',
      '    Ask badly: failed by HTTP:503, handled',
    ]);
  });

  it('leads to what undoes the steps before', () => {
    const instance = recorded('compensation');
    expect(outline(instance).slice(4)).toEqual([
      'Check health: failed by HTTP:503, handled',
      '  Ask for health: failed by HTTP:503, handled',
      'Roll back: completed',
      'Delete database: completed',
      '  Delete database: completed',
      'Delete environment: completed',
      '  Delete environment: completed',
      'Report roll back: completed',
      '  Report: completed',
    ]);
  });
});

it('a failure stops its iteration, and nothing is said to run', () => {
  const instance = recorded('foreach-failed');
  expect(outline(instance)).toEqual([
    'Ask each: failed',
    '  Ask for health #0: completed',
    '  Take note #0: completed',
    '  Ask for health #1: failed',
    '  Ask for health #2: aborted',
  ]);
  expect(instance.error).toMatchObject({
    nodeName: 'Ask for health',
    statusCode: 503,
  });
});

it('a failure is told of its branch and of the state', () => {
  expect(outline(recorded('branch-failed')).slice(3)).toEqual([
    'In branches: failed',
    '  One: failed',
    '    Ask the first: failed',
  ]);
});

it('branches are part of their state, which waits as long as one of them does', () => {
  expect(outline(recorded('branches-waiting'))).toEqual([
    'Wait twice: waiting',
    '  By event: completed',
    '    Ask: completed',
    '    Note: completed',
    '  By time: waiting',
    '    Wait twice (pause): waiting',
  ]);
});

it('sub-workflows in sequence and in branches are linked in their order', () => {
  const instance = recorded('sub-workflows');
  expect(outline(instance)).toEqual([
    'Prepare: completed',
    'Call children: completed',
    '  First child: completed',
    '  Second child: completed',
    'Both at once: completed',
    '  Left: completed',
    '    Left child: completed',
    '    Mark left: completed',
    '  Right: completed',
    '    Right one: completed',
    '    Right two: completed',
  ]);
  // The Data Index lists them from the last to the first.
  const linked = instance.nodes.flatMap(node => node.childInstanceId ?? []);
  expect(linked).toEqual([...instance.childIds].reverse());
});

it('a step ends when the next one begins, whenever SonataFlow wrote that', () => {
  const instance = recorded('foreach-and-parallel');
  expect(outline(instance).slice(0, 3)).toEqual([
    'Ask each: completed',
    '  Ask for health #0: completed',
    '  Take note #0: completed',
  ]);
  // The exits that were recorded are up to ten times as long.
  expect(durations(instance)).toMatchObject({
    'Ask each': 117,
    'In branches': 55,
    'Ask the first': 28,
    'After the first': 0,
    'Ask the second': 24,
  });
});

it('each attempt at a failing step is told', () => {
  expect(outline(recorded('retried'))).toEqual([
    'Ask: failed',
    '  Ask for health: failed',
    '  Ask for health: failed',
  ]);
});

it('a switch that was skipped goes on in each of its ways', () => {
  expect(outline(recorded('switch-skipped'))).toEqual([
    'Choose: failed',
    'Choose: skipped',
    'Do A: completed',
    'Do B: completed',
  ]);
});
