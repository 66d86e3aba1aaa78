import { randomUUID } from 'node:crypto';
import { Bed } from './support/Bed';
import { figure } from './support/figure';
import { indexedInstances } from './support/IndexedInstance';
import { inParallel } from './support/inParallel';
import { Listener } from './support/Listener';
import { runOrder } from './support/orders';
import { median } from './support/median';
import { expect, isShort, promise } from './support/promise';
import { Replica } from './support/Replica';
import { until } from './support/until';

const PAIRS = isShort ? 20 : 200;

/** How long what the reader does is watched. */
const WATCHED_MS = 10_000;

const TAKEOVERS = isShort ? 1 : 5;

/** What a killed reader may cost of freshness. */
const TAKEOVER_MS = 10_000;

/** For a machine that does much else, as in the short form. */
const GRACE_MS = isShort ? 20_000 : 0;

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
  },
);

promise(
  'one replica reads the Data Index, and the other one leaves it alone',
  async ({ bed }) => {
    const lease = await leaseOf(bed);
    const isLeft = (await readerOf(bed)) === bed.left;
    const reader = isLeft ? bed.indexProxy : bed.rightIndexProxy;
    const standby = isLeft ? bed.rightIndexProxy : bed.indexProxy;
    const passes = async () => {
      const [row] = await bed.databases.portal.rows<{ as_of: string }>(
        `SELECT as_of FROM orchestrator.feed WHERE engine = 'sonataflow'`,
      );
      return Number(row.as_of);
    };
    const asked = {
      reader: reader.passed.length,
      standby: standby.passed.length,
    };
    const first = await passes();
    await expect.poll(passes).toBeGreaterThan(first + WATCHED_MS);
    expect(await leaseOf(bed)).toEqual(lease);
    expect(reader.passed.length).toBeGreaterThan(asked.reader);
    expect(standby.passed.length).toBe(asked.standby);
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
    expect(median(costs)).toBeLessThan(TAKEOVER_MS + GRACE_MS);
  },
);

/**
 * Kills the replica that reads the Data Index, and runs an order meanwhile.
 *
 * @returns after how long the other one had the lease, and lists were newer than the death
 */
async function killReader(
  bed: Bed,
): Promise<{ leaseMs: number; freshMs: number }> {
  const reader = await readerOf(bed);
  const other = reader === bed.left ? bed.right : bed.left;
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

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
