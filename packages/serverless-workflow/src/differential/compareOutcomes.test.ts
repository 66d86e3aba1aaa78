/** @jest-environment node */
import { compareOutcomes } from './compareOutcomes';
import { generateQuestion } from './generateQuestion';
import { NO_ANSWER, Outcome } from './Outcome';
import { runEmbedded } from './runEmbedded';

const completed: Outcome = {
  status: 2,
  data: { a: 1 },
  nodes: ['StartNode 1', 'ActionNode 3', 'EndNode 2'],
};

describe('outcomes', () => {
  it('are the same when only what one engine shows differs', () => {
    const shown = ['ForEachSplitNode 4', 'BoundaryEventNode 5'];
    expect(
      compareOutcomes(
        { ...completed, nodes: [...completed.nodes, ...shown] },
        { ...completed, error: 'worded otherwise' },
      ),
    ).toBeUndefined();
    expect(
      compareOutcomes(
        { nodes: [], exception: 'refused' },
        { nodes: [], exception: 'refused in other words' },
      ),
    ).toBeUndefined();
  });

  it.each<[string, Partial<Outcome>]>([
    ['state', { status: 5 }],
    ['data', { data: { a: 2 } }],
    ['nodes', { nodes: ['StartNode 1', 'EndNode 2'] }],
    ['refusal', { exception: 'refused' }],
  ])('differ in their %s', (what, change) => {
    expect(compareOutcomes(completed, { ...completed, ...change })).toEqual({
      what,
    });
  });

  it('differ in ways that are known', () => {
    const failed = { ...completed, status: 5 };
    const more = { ...failed, nodes: [...failed.nodes, 'StartNode 1'] };
    const reasons = [
      compareOutcomes(failed, more),
      compareOutcomes(completed, {
        ...completed,
        data: { a: 1, b: null },
      }),
      compareOutcomes(completed, { nodes: [], exception: NO_ANSWER }),
      compareOutcomes(completed, {
        nodes: [],
        exception: 'java.lang.StackOverflowError',
      }),
    ].map(difference => difference?.known);
    expect(reasons).toEqual([
      'SonataFlow starts the other elements after one has failed',
      'SonataFlow keeps null in data that it has just made',
      'SonataFlow goes round in circles',
      'SonataFlow runs out of stack',
    ]);
  });
});

describe('generated workflows', () => {
  it('are the same for the same seed, and run', async () => {
    expect(generateQuestion(7)).toEqual(generateQuestion(7));
    const outcomes = [];
    for (let seed = 1; seed <= 100; seed++) {
      outcomes.push(await runEmbedded(generateQuestion(seed)));
    }
    const states = outcomes.map(({ status }) => status);
    expect(states).toEqual(expect.arrayContaining([2, 5]));
    expect(states.filter(state => state === undefined).length).toBeLessThan(40);
  });
});
