import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { randomUUID } from 'node:crypto';
import { Bed } from './support/Bed';
import { factsOfIndexed, factsOfStored } from './support/facts';
import { figure } from './support/figure';
import {
  indexedAsWaiting,
  IndexedInstance,
  indexedInstances,
} from './support/IndexedInstance';
import { inParallel } from './support/inParallel';
import { deliver, requestOrder, runOrder } from './support/orders';
import { expect, isShort, promise } from './support/promise';
import { startsAtService } from './support/startsAtService';
import { until } from './support/until';

const COUNT = isShort ? 30 : 1_000;
const ON_THE_WAY = isShort ? 20 : 200;
const AT_ONCE = 8;

promise(
  `of ${COUNT} instances in flight none is lost or doubled when everything is killed`,
  { tag: '@short' },
  async ({ bed }) => {
    const reference = `flight-${Date.now()}`;
    const before = (await indexedOrders(bed)).map(({ id }) => id);
    const newOrders = async () =>
      (await indexedOrders(bed)).filter(({ id }) => !before.includes(id));
    const keptBefore = await keptOrders(bed);
    const api = await bed.left.signIn();
    const keys = Array.from({ length: COUNT }, () => randomUUID());
    const startedAt = Date.now();
    const ids = await inParallel(keys, AT_ONCE, async key => {
      const { id } = await runOrder(api, { reference, key });
      return id;
    });
    const perSecond = COUNT / ((Date.now() - startedAt) / 1000);
    figure(`${COUNT} starts through the portal: ${perSecond.toFixed(1)}/s`);
    const inFlight = async (state: string) =>
      (await bed.left.allInstances({ search: reference, state })).length;
    await expect.poll(() => inFlight('ACTIVE')).toBe(COUNT);
    await expect.poll(async () => (await newOrders()).length).toBe(COUNT);
    await expect.poll(() => waitingAmong(bed, ids)).toBe(COUNT);

    await killEverything(bed);
    await bed.up();

    expect(await inFlight('ACTIVE')).toBe(COUNT);
    const after = await bed.left.signIn();
    // Who doubts that an order was taken asks again with its key, and gets the same one.
    const again = await inParallel(keys, AT_ONCE, key =>
      runOrder(after, { reference, key }),
    );
    expect(again.map(({ id }) => id)).toEqual(ids);
    await inParallel(ids, AT_ONCE, id => deliver(after, id));
    await expect.poll(() => inFlight('COMPLETED')).toBe(COUNT);

    const stored = await bed.left.allInstances({ search: reference });
    expect(stored.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(factsOfIndexed(await newOrders())).toEqual(factsOfStored(stored));
    expect(await keptOrders(bed)).toBe(keptBefore);
  },
);

promise(
  `of ${ON_THE_WAY} starts under way while everything is killed none runs twice, and none that was confirmed is lost`,
  async ({ bed }) => {
    const api = await bed.left.signIn();
    const reference = `killed-${Date.now()}`;
    const keys = Array.from({ length: ON_THE_WAY }, () => randomUUID());
    const confirmed = new Map<string, string>();
    const asked = inParallel(keys, AT_ONCE, async key => {
      const answer = await requestOrder(api, { reference, key }).catch(
        () => undefined,
      );
      const order: Instance | undefined = answer?.ok
        ? await answer.json().catch(() => undefined)
        : undefined;
      if (order?.state === 'ACTIVE') {
        confirmed.set(key, order.id);
      }
    });
    await until(
      'half of the starts are confirmed',
      async () => confirmed.size >= ON_THE_WAY / 2,
    );
    await killEverything(bed);
    await asked;
    figure(`${confirmed.size} of ${ON_THE_WAY} starts were confirmed`);
    expect(confirmed.size).toBeLessThan(ON_THE_WAY);
    await bed.up();

    const after = await bed.left.signIn();
    const orders = await inParallel(keys, AT_ONCE, key =>
      runOrder(after, { reference, key }),
    );
    expect(new Set(orders.map(({ id }) => id)).size).toBe(ON_THE_WAY);
    const found = { running: 0, unconfirmed: 0 };
    for (const [position, key] of keys.entries()) {
      const { id } = orders[position];
      const settled = await until(
        `it is known what became of ${id}`,
        async () => {
          const order = await bed.left.instance(id);
          return (
            (order.state !== 'PENDING' || Boolean(order.attention)) && order
          );
        },
      );
      const starts = await startsAtService(bed.databases.first, id);
      if (settled.state === 'ACTIVE') {
        found.running++;
        expect(starts).toBe(1);
      } else {
        // Nobody knows, so a person is asked; the service may have begun, but once at most.
        found.unconfirmed++;
        expect([...confirmed.keys()]).not.toContain(key);
        expect(settled).toMatchObject({
          state: 'PENDING',
          attention: 'unconfirmed',
        });
        expect(starts).toBeLessThanOrEqual(1);
      }
      if (confirmed.has(key)) {
        expect(id).toBe(confirmed.get(key));
      }
    }
    figure(
      `afterwards ${found.running} run and ${found.unconfirmed} ask for a person`,
    );
  },
);

async function killEverything(bed: Bed): Promise<void> {
  await Promise.all([
    bed.first.kill(),
    bed.second.kill(),
    bed.dataIndex.kill(),
    bed.left.kill(),
    bed.right.kill(),
  ]);
}

async function indexedOrders(bed: Bed): Promise<IndexedInstance[]> {
  return indexedInstances(bed.dataIndexUrl, 'promise_order');
}

/** How many of the orders the Data Index knows to wait for their delivery. */
async function waitingAmong(bed: Bed, orderIds: string[]): Promise<number> {
  const waiting = await indexedAsWaiting(bed.dataIndexUrl, 'promise_order');
  const known = new Set(waiting.map(({ businessKey }) => businessKey));
  return orderIds.filter(id => known.has(id)).length;
}

/** How many orders the first service keeps, since they are not finished. */
async function keptOrders(bed: Bed): Promise<number> {
  const rows = await bed.databases.first.rows(
    'SELECT 1 FROM process_instances WHERE process_id = $1',
    ['promise_order'],
  );
  return rows.length;
}
