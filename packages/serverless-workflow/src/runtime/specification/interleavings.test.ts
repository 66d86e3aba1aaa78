/** @jest-environment node */
import { InstanceSummarySnapshot } from '../WorkflowRuntime';
import { startTestRuntime, TestRuntime } from '../../testing';

/** A small generator, so that a failing run can be repeated by its seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const events = ['one', 'two', 'three'].map(name => ({
  name,
  source: '',
  type: name,
}));

const child = {
  id: 'child',
  version: '1.0',
  start: 'Rest',
  events,
  states: [
    { name: 'Rest', type: 'sleep', duration: 'PT2S', transition: 'Wait' },
    {
      name: 'Wait',
      type: 'event',
      onEvents: [{ eventRefs: ['three'] }],
      timeouts: { eventTimeout: 'PT9S' },
      end: true,
    },
  ],
};

const parent = {
  id: 'parent',
  version: '1.0',
  start: 'Call',
  events,
  functions: [
    { name: 'call', type: 'custom', operation: 'rest:get:http://a/' },
  ],
  errors: [{ name: 'refused', code: '409' }],
  timeouts: { workflowExecTimeout: 'PT1H' },
  states: [
    {
      name: 'Call',
      type: 'operation',
      compensatedBy: 'Undo',
      actions: [{ functionRef: 'call' }],
      onErrors: [{ errorRef: 'refused', transition: 'Wait' }],
      transition: 'Branch',
    },
    {
      name: 'Branch',
      type: 'parallel',
      branches: [
        { name: 'a', actions: [{ subFlowRef: 'child' }] },
        {
          name: 'b',
          actions: [{ functionRef: 'call', sleep: { before: 'PT3S' } }],
        },
      ],
      transition: 'Wait',
    },
    {
      name: 'Wait',
      type: 'event',
      exclusive: false,
      onEvents: [{ eventRefs: ['one'] }, { eventRefs: ['two'] }],
      timeouts: { eventTimeout: 'PT20S' },
      end: true,
    },
    {
      name: 'Undo',
      type: 'operation',
      usedForCompensation: true,
      actions: [{ functionRef: 'call' }],
    },
  ],
};

/** What may be done to the instances next; each draws its own details. */
function actions(
  { runtime, clock, send, run }: TestRuntime,
  draw: (below: number) => number,
): (() => Promise<unknown>)[] {
  const anyId = () => {
    const instances = runtime.list();
    return instances[draw(instances.length)]?.id ?? 'nobody';
  };
  return [
    () => clock.advance(draw(4000)),
    () => clock.advance(draw(4000)),
    () => send(['one', 'two', 'three'][draw(3)], { kogitoprocrefid: anyId() }),
    () => send(['one', 'two', 'three'][draw(3)]),
    () => run({}, 'parent'),
    () => runtime.retry(anyId()),
    () => runtime.retry(anyId()),
    () => (draw(4) === 0 ? runtime.abort(anyId()) : clock.advance(10)),
    () => runtime.updateData(anyId(), { n: draw(10) }),
  ];
}

describe('whatever happens in whatever order', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => [seed + 1]))(
    'an instance ends once, in one final state (seed %d)',
    async seed => {
      const draw = random(seed);
      const test = startTestRuntime({
        workflows: [child, parent],
        answer: async () => {
          for (let turns = draw(5); turns > 0; turns--) {
            await Promise.resolve();
          }
          return { status: [200, 200, 200, 409, 500][draw(5)] };
        },
      });
      const { runtime, clock } = test;
      const ends = new Map<string, string>();
      const afterEnd: InstanceSummarySnapshot[] = [];
      runtime.subscribe(summary => {
        if (ends.has(summary.id)) {
          afterEnd.push(summary);
        }
        if (summary.state === 'COMPLETED' || summary.state === 'ABORTED') {
          ends.set(summary.id, summary.state);
        }
      });
      const pending: Promise<unknown>[] = [test.run({}, 'parent')];
      for (let turn = 0; turn < 60; turn++) {
        const choices = actions(test, draw);
        pending.push(choices[draw(choices.length)]());
        if (draw(2) === 0) {
          await Promise.resolve();
        }
      }
      for (let round = 0; round < 200; round++) {
        await clock.advance(60_000);
        const failed = runtime.list().filter(({ state }) => state === 'ERROR');
        await Promise.all(failed.map(({ id }) => runtime.retry(id)));
      }
      await Promise.all(pending);
      const states = runtime.list().map(({ id, state }) => ({ id, state }));
      expect(states.filter(({ state }) => state === 'ACTIVE')).toEqual([]);
      expect(states.filter(({ state }) => state === 'ERROR')).toEqual([]);
      expect(states).toEqual(
        states.map(({ id }) => ({ id, state: ends.get(id) })),
      );
      expect(afterEnd).toEqual([]);
      expect(clock.pending).toBe(0);
    },
  );
});
