import knexFactory, { Knex } from 'knex';
import { eventually } from '../__testUtils__/startPortal';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { Lease, LeaseLostError } from './Lease';

describe.each(databaseIds)('Lease on %s', databaseId => {
  let knex: Knex;

  const lease = (holder: string) =>
    Lease.create({ knex, name: 'feed', holder, expiryMs: 60_000 });

  const expire = () => knex('lease').update({ expires_at: 1 });

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });

  beforeEach(async () => {
    await clearDatabase(knex);
  });

  afterAll(() => knex.destroy());

  it('is held by one process only', async () => {
    const [first, second] = [lease('first'), lease('second')];

    expect(await first.acquire()).toBe(true);
    expect(await second.acquire()).toBe(false);
    expect(await first.acquire()).toBe(true);
  });

  it('has one winner when several ask at once', async () => {
    const leases = ['a', 'b', 'c', 'd'].map(lease);
    const answers = await Promise.all(leases.map(each => each.acquire()));
    expect(answers.filter(held => held)).toHaveLength(1);
  });

  it('passes on at once when it is given back', async () => {
    const [first, second] = [lease('first'), lease('second')];
    await first.acquire();
    await first.release();
    expect(first.isHeld).toBe(false);
    expect(await second.acquire()).toBe(true);
  });

  it('passes on when its holder was silent too long', async () => {
    const [first, second] = [lease('first'), lease('second')];
    await first.acquire();
    await expire();
    expect(await second.acquire()).toBe(true);
    expect(await first.acquire()).toBe(false);
  });

  it('lets a holder that slept through the expiry write nothing', async () => {
    const [first, second] = [lease('first'), lease('second')];
    await first.acquire();
    await expire();
    await second.acquire();

    const write = knex.transaction(async transaction => {
      await first.check(transaction);
      await transaction('feed').insert({ engine: 'e', cursor: 'stale' });
    });

    await expect(write).rejects.toThrow(LeaseLostError);
    expect(await knex('feed')).toEqual([]);
    await knex.transaction(transaction => second.check(transaction));
  });

  it('lets the same process write no more after another held it in between', async () => {
    const [first, second] = [lease('first'), lease('second')];
    await first.acquire();
    await expire();
    await second.acquire();
    await second.release();
    await expect(
      knex.transaction(transaction => first.check(transaction)),
    ).rejects.toThrow(LeaseLostError);
  });
});

/** SQLite has no connection for a second process. */
const servers = databaseIds.filter(([id]) => id !== 'SQLITE_3');

(servers.length > 0 ? describe : describe.skip)('two processes', () => {
  let knex: Knex;
  let knexOfFrozen: Knex;

  beforeAll(async () => {
    knex = await createDatabase(servers[0][0]);
    // That its connection is lost is what is wanted.
    knexOfFrozen = knexFactory({ ...knex.client.config, log: { warn() {} } });
  });

  afterAll(async () => {
    await knexOfFrozen.destroy();
    await knex.destroy();
  });

  it('pass the lease on though its holder froze while it wrote', async () => {
    const [frozen, other] = [knexOfFrozen, knex].map((of, position) =>
      Lease.create({
        knex: of,
        name: 'feed',
        holder: `process ${position}`,
        expiryMs: 500,
      }),
    );
    await frozen.acquire();
    const write = await knexOfFrozen.transaction();
    await frozen.check(write);

    await eventually(
      () => other.acquire(),
      held => expect(held).toBe(true),
    );
    await expect(write('feed').insert({ engine: 'e' })).rejects.toThrow();
    await write.rollback().catch(() => {});
    expect(await knex('feed')).toEqual([]);
  });
});
