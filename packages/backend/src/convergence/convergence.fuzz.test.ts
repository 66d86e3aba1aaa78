import { isDeepStrictEqual } from 'node:util';
import { SeededRandom } from '../../../../plugins/orchestrator-backend/src/__testUtils__/random';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../../../../plugins/orchestrator-backend/src/__testUtils__/testDatabases';
import { instanceFromRow } from '../../../../plugins/orchestrator-backend/src/store';
import { Reach } from './__testUtils__/FeedReplica';
import {
  HistoryOptions,
  PlayedIndex,
  Truth,
} from './__testUtils__/PlayedIndex';
import { Progress } from './__testUtils__/Progress';
import { StatementFault } from './__testUtils__/StatementFault';
import { TestKnex } from './__testUtils__/TestKnex';
import { TroubledFeed } from './__testUtils__/TroubledFeed';

const isLong = process.env.LONG_TESTS === '1';
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Only the time of day is of the tests' making: servers and databases go on as ever. */
const REAL_TIMERS = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

const HISTORY = { instances: 40, spanMs: 200_000, longestDelayMs: 90_000 };

const seeds = (count: number) =>
  Array.from({ length: isLong ? count * 40 : count }, (_, i) => FIRST_SEED + i);

/**
 * The feed of the backend on the adapter of SonataFlow, on a Data Index that shows all its traps. A
 * failing history is played again with FUZZ_SEED.
 */
describe.each(databaseIds)('on %s, a troubled feed', databaseId => {
  let knex: TestKnex;
  let fault: StatementFault;
  let index: PlayedIndex;
  let feed: TroubledFeed;

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
    fault = StatementFault.on(knex);
    jest.useFakeTimers({ doNotFake: [...REAL_TIMERS] });
  });

  beforeEach(async () => {
    await clearDatabase(knex);
    jest.setSystemTime(Date.parse('2026-01-01T12:00:00Z'));
  });

  afterEach(async () => {
    await feed.stop();
    await index.close();
  });

  afterAll(() => {
    jest.useRealTimers();
    return knex.destroy();
  });

  /**
   * Reads while the history goes on; then in peace, until all agrees or so many passes are over.
   * Yields what is stored in the end.
   */
  async function play(options: {
    seed: number;
    reach: Reach;
    history?: Partial<HistoryOptions>;
    longestPauseMs: number;
    passes: number;
  }) {
    const { seed, reach, longestPauseMs, passes } = options;
    const random = new SeededRandom(seed);
    index = await PlayedIndex.start(seed, { ...HISTORY, ...options.history });
    feed = await TroubledFeed.start({ random, knex, fault, index, reach });
    const progress = Progress.of(index);
    while (!index.isOver) {
      letPass(random.below(longestPauseMs));
      await feed.troubledPass('changes');
      if (random.below(2) === 0) {
        await feed.troubledPass('past');
      }
      expect(progress.setbacks(await stored())).toEqual([]);
    }
    for (let pass = 0; pass < passes && !(await agrees()); pass++) {
      letPass(10_000);
      await feed.pass();
    }
    const rows = await stored();
    expect(progress.setbacks(rows)).toEqual([]);
    return rows;
  }

  function letPass(ms: number) {
    jest.setSystemTime(Date.now() + ms);
    index.catchUp();
  }

  async function stored(): Promise<Map<string, Truth>> {
    const rows = (await knex('instance')).map(instanceFromRow);
    return new Map(
      rows.map(row => [
        row.id,
        {
          state: row.state,
          startedAt: row.startedAt ?? NaN,
          endedAt: row.endedAt,
          errorMessage: row.errorMessage,
          errorNode: row.errorNode,
          parentId: row.parentId,
        },
      ]),
    );
  }

  async function agrees(): Promise<boolean> {
    return isDeepStrictEqual(await stored(), index.truth());
  }

  it.each(seeds(8))(
    'tells at once what the index shows within two seconds, in history %i',
    async seed => {
      const rows = await play({
        seed,
        reach: 'now',
        history: { isEmbedded: true, spanMs: 60_000, longestDelayMs: 1_900 },
        longestPauseMs: 5_000,
        passes: 3,
      });
      expect(rows).toEqual(index.truth());
    },
  );

  it.each(seeds(4))(
    'tells within minutes what the index shows within two, in history %i',
    async seed => {
      const rows = await play({
        seed,
        reach: 'late',
        longestPauseMs: 20_000,
        passes: 15,
      });
      expect(rows).toEqual(index.truth());
    },
  );

  it.each(seeds(2))(
    'tells within minutes how unfinished instances went on, however late the index shows it, in history %i',
    async seed => {
      const rows = await play({
        seed,
        reach: 'late',
        history: {
          spanMs: 900_000,
          stalls: { of: 'unfinished', chance: 0.5, leastMs: 300_000 },
        },
        longestPauseMs: 30_000,
        passes: 15,
      });
      expect(rows).toEqual(index.truth());
    },
  );

  it.each(seeds(2))(
    'tells within one comparison of the past whatever the index shows, however late, in history %i',
    async seed => {
      const rows = await play({
        seed,
        reach: 'past',
        history: {
          spanMs: 900_000,
          stalls: { of: 'all', chance: 0.3, leastMs: 300_000 },
        },
        longestPauseMs: 30_000,
        passes: 200,
      });
      expect(rows).toEqual(index.truth());
    },
  );
});
