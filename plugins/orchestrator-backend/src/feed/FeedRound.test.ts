import { mockServices } from '@backstage/backend-test-utils';
import { FeedReport } from './FeedReport';
import { FeedRound } from './FeedRound';
import { FeedState } from './FeedState';
import { Lease, LeaseLostError } from './Lease';
import { Pace } from './Pace';

describe('a round of the feed in which a step fails', () => {
  /** Names of the steps that were taken in one pass, and the failures that were stored. */
  async function onePass(
    options: { stepsAreIndependent?: boolean },
    failure: Error = new Error('The index is away'),
  ) {
    const taken: string[] = [];
    const stored: string[] = [];
    const ended = new AbortController();
    const step = (name: string, outcome: () => void) => ({
      run: async () => {
        taken.push(name);
        outcome();
      },
    });
    const { round } = FeedRound.create({
      ...options,
      name: 'upkeep',
      steps: [
        step('first', () => {}),
        step('second', () => {
          throw failure;
        }),
        step('third', () => {
          throw new Error('The catalog is away');
        }),
        step('fourth', () => {}),
      ],
      pace: Pace.create({ everyMs: 60_000, share: 1, savingsMs: 0 }),
      lease: {} as Lease,
      report: FeedReport.create({
        logger: mockServices.logger.mock({ info: () => ended.abort() }),
        state: {
          failed: async (message: string) => {
            stored.push(message);
            ended.abort();
          },
        } as FeedState,
      }),
    });
    await round.run(ended.signal, () => true);
    return { taken, stored };
  }

  it('takes those behind it when they have nothing to do with each other', async () => {
    expect(await onePass({ stepsAreIndependent: true })).toEqual({
      taken: ['first', 'second', 'third', 'fourth'],
      stored: ['Error: Error: The index is away; Error: The catalog is away'],
    });
  });

  it('ends there too when another process feeds by now', async () => {
    const lost = new LeaseLostError('feed');
    const { taken, stored } = await onePass(
      { stepsAreIndependent: true },
      lost,
    );
    expect(taken).toEqual(['first', 'second']);
    expect(stored).toEqual([]);
  });

  it('ends there otherwise: a source that is away is asked once', async () => {
    expect((await onePass({})).taken).toEqual(['first', 'second']);
  });
});
