import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Bed } from './support/Bed';
import { factsOfIndexed, factsOfStored } from './support/facts';
import { FaultyProxy } from './support/FaultyProxy';
import { figure } from './support/figure';
import { indexedInstances } from './support/IndexedInstance';
import { inParallel } from './support/inParallel';
import { Listener } from './support/Listener';
import { deliver, runOrder } from './support/orders';
import { expect, isShort, promise } from './support/promise';
import { Replica } from './support/Replica';
import { startsAtService } from './support/startsAtService';
import { until } from './support/until';

const PAIRS = isShort ? 20 : 200;

/** How long what the reader does is watched. */
const WATCHED_MS = 10_000;

const TAKEOVERS = isShort ? 1 : 5;

/**
 * What a killed reader may cost of freshness, at worst. On a machine of its own, as the full form
 * wants it, the number itself holds for each takeover. The short form runs beside much else: what
 * counts there is that the other one takes over, awaited up to a limit that no busy machine breaks.
 */
const TAKEOVER_MS = isShort ? 60_000 : 10_000;

const FREEZES = 3;

/** Within that time a holder asks for its lease again some times. */
const SETTLED_MS = 3_000;

/** Orders under way whenever a reader freezes. */
const UNDER_WAY = 20;

promise.beforeEach(({ bed }) => bed.bothUp());

promise(
  'the same start asked of both replicas at once runs once',
  async ({ bed }) => {
    const [left, right] = [await bed.left.signIn(), await bed.right.signIn()];
    const keys = Array.from({ length: PAIRS }, () => randomUUID());
    const pairs = await inParallel(keys, 4, key =>
      Promise.all([left, right].map(api => runOrder(api, { key }))),
    );

    for (const [first, second] of pairs) {
      expect(first.id).toBe(second.id);
    }
    const ids = new Set(pairs.map(([{ id }]) => id));
    expect(ids.size).toBe(PAIRS);
    const indexed = async () =>
      (await indexedInstances(bed.dataIndexUrl, 'promise_order')).filter(
        ({ businessKey }) => businessKey !== null && ids.has(businessKey),
      );
    await expect.poll(async () => (await indexed()).length).toBe(PAIRS);
    expect(
      new Set((await indexed()).map(({ businessKey }) => businessKey)).size,
    ).toBe(PAIRS);
    // The index may hear of a second one later.
    for (const id of ids) {
      expect(await startsAtService(bed.databases.first, id)).toBe(1);
    }
  },
);

promise(
  'one replica reads the Data Index, and the other one leaves it alone',
  async ({ bed }) => {
    const lease = await leaseOf(bed);
    const reader = await readerOf(bed);
    const asked = {
      reader: wayToIndex(bed, reader).passed.length,
      standby: wayToIndex(bed, otherThan(bed, reader)).passed.length,
    };
    await watch(bed, WATCHED_MS);
    expect(await leaseOf(bed)).toEqual(lease);
    expect(wayToIndex(bed, reader).passed.length).toBeGreaterThan(asked.reader);
    expect(wayToIndex(bed, otherThan(bed, reader)).passed.length).toBe(
      asked.standby,
    );
  },
);

promise(
  'live updates reach people of both replicas, whichever reads the Data Index',
  { tag: '@short' },
  async ({ bed }) => {
    const listeners = [
      await Listener.connect(bed.left),
      await Listener.connect(bed.right),
    ];
    for (const replica of [bed.left, bed.right]) {
      listeners.forEach(each => each.forget());
      const { id } = await runOrder(await replica.signIn());
      for (const listener of listeners) {
        await expect
          .poll(() => listener.heard)
          .toContainEqual({ type: 'instances-changed' });
      }
      // Who looks at an instance hears of it by name.
      await bed.left.instance(id);
      await bed.right.instance(id);
      listeners.forEach(each => each.forget());
      const aborted = await (
        await replica.signIn()
      ).post(`/instances/${id}/abort`, {});
      expect(aborted.ok).toBe(true);
      for (const listener of listeners) {
        await expect
          .poll(() => listener.heard)
          .toContainEqual({ type: 'instance-changed', instanceId: id });
      }
    }
    listeners.forEach(each => each.close());
  },
);

promise(
  'when the replica that reads the Data Index is killed, the other one takes over',
  { tag: '@short' },
  async ({ bed }) => {
    const costs: number[] = [];
    for (let takeover = 0; takeover < TAKEOVERS; takeover++) {
      await bed.bothUp();
      const { leaseMs, freshMs } = await killReader(bed);
      figure(
        `a killed reader cost ${inSeconds(
          freshMs,
        )} of freshness; its lease was taken after ${inSeconds(leaseMs)}`,
      );
      costs.push(freshMs);
    }
    expect(Math.max(...costs)).toBeLessThanOrEqual(TAKEOVER_MS);
  },
);

promise(
  'a reader that froze past its lease gives way when it goes on: it feeds no more, and doubles nothing',
  { tag: '@full' },
  async ({ bed }) => {
    const reference = `frozen-${Date.now()}`;
    const before = new Set(
      (await indexedInstances(bed.dataIndexUrl, 'promise_order')).map(
        ({ id }) => id,
      ),
    );
    const said = [bed.left, bed.right].map(({ logFile }) => logFile);
    const saidBefore = said.map(file => readFileSync(file, 'utf8').length);
    for (let freeze = 0; freeze < FREEZES; freeze++) {
      await freezeReader(bed, reference);
    }

    const stored = await bed.left.allInstances({ search: reference });
    expect(stored).toHaveLength(FREEZES * UNDER_WAY);
    const indexed = await indexedInstances(bed.dataIndexUrl, 'promise_order');
    expect(factsOfStored(stored)).toEqual(
      factsOfIndexed(indexed.filter(({ id }) => !before.has(id))),
    );
    said.forEach((file, position) =>
      expect(
        readFileSync(file, 'utf8').slice(saidBefore[position]),
      ).not.toContain('instance-claim'),
    );
  },
);

/**
 * Freezes the replica that reads the Data Index amid orders, until the other one has finished half of
 * them; then lets it go on, with what it had read long before.
 */
async function freezeReader(bed: Bed, reference: string): Promise<void> {
  const reader = await readerOf(bed);
  const other = otherThan(bed, reader);
  const lost = await leaseOf(bed);
  const api = await other.signIn();
  const running = inParallel(Array.from({ length: UNDER_WAY }), 4, () =>
    runOrder(api, { reference }),
  );
  await until(
    'some orders are stored',
    async () => (await other.instances({ search: reference })).items.length > 3,
  );
  reader.freeze();
  const ids = (await running).map(({ id }) => id);
  const taken = await until('the other replica has the lease', async () => {
    const lease = await leaseOf(bed);
    return lease.holder !== lost.holder && lease;
  });
  const finished = ids.slice(0, UNDER_WAY / 2);
  for (const id of finished) {
    await expect
      .poll(async () => (await other.instance(id)).waitingFor)
      .toBe('event promise.order.delivered');
    await deliver(api, id);
  }
  for (const id of finished) {
    await expect
      .poll(async () => (await other.instance(id)).state)
      .toBe('COMPLETED');
  }

  reader.thaw();
  await until('the frozen replica answers again', () => reader.signIn());
  // What it was about to do when it froze, it may end; then it stands by.
  await watch(bed, SETTLED_MS);
  const asked = wayToIndex(bed, reader).passed.length;
  await watch(bed, WATCHED_MS);
  expect(wayToIndex(bed, reader).passed.length).toBe(asked);
  expect(await leaseOf(bed)).toEqual(taken);
}

/**
 * Kills the replica that reads the Data Index, and runs an order meanwhile.
 *
 * @returns after how long the other one had the lease, and lists were newer than the death
 */
async function killReader(
  bed: Bed,
): Promise<{ leaseMs: number; freshMs: number }> {
  const reader = await readerOf(bed);
  const other = otherThan(bed, reader);
  const api = await other.signIn();
  const killedAt = Date.now();
  await reader.kill();
  const order = runOrder(api);
  await until('lists are fresh again', async () => {
    const { asOf } = await other.instances({ limit: '1' });
    return Date.parse(asOf) > killedAt + 1;
  });
  const freshMs = Date.now() - killedAt;
  const { acquired_at } = await leaseOf(bed);
  const { id } = await order;
  await expect
    .poll(async () => (await other.instance(id)).waitingFor)
    .toBe('event promise.order.delivered');
  return { leaseMs: Number(acquired_at) - killedAt, freshMs };
}

interface LeaseRow {
  holder: string;
  fence: string;
  acquired_at: string;
}

async function leaseOf(bed: Bed): Promise<LeaseRow> {
  const [lease] = await bed.databases.portal.rows<LeaseRow>(
    `SELECT holder, fence, acquired_at FROM orchestrator.lease
     WHERE name = 'feed:sonataflow'`,
  );
  return lease;
}

/** The holder of the lease is told as `host/pid/…`. */
async function readerOf(bed: Bed): Promise<Replica> {
  const { holder } = await leaseOf(bed);
  const pid = Number(holder.split('/').at(-2));
  const reader = [bed.left, bed.right].find(replica => replica.pid === pid);
  return reader ?? Promise.reject(new Error(`Nobody here is ${holder}`));
}

function otherThan(bed: Bed, replica: Replica): Replica {
  return replica === bed.left ? bed.right : bed.left;
}

/** What stands between a replica and the Data Index. */
function wayToIndex(bed: Bed, replica: Replica): FaultyProxy {
  return replica === bed.left ? bed.indexProxy : bed.rightIndexProxy;
}

/** Lets the feed go on until what it tells is so much newer. */
async function watch(bed: Bed, ms: number): Promise<void> {
  const asOf = async () => {
    const [row] = await bed.databases.portal.rows<{ as_of: string }>(
      `SELECT as_of FROM orchestrator.feed WHERE engine = 'sonataflow'`,
    );
    return Number(row.as_of);
  };
  const first = await asOf();
  await expect.poll(asOf).toBeGreaterThan(first + ms);
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
