import { figure } from './support/figure';
import { indexedInstances } from './support/IndexedInstance';
import { inParallel } from './support/inParallel';
import { deliver, runOrder } from './support/orders';
import { expect, isShort, promise } from './support/promise';

const countOf = (items: unknown[]) => items.length;

const isUnfinished = ({ state, version }: { state: string; version: string }) =>
  version === '1.0' && (state === 'ACTIVE' || state === 'ERROR');

const COUNT = isShort ? 60 : 1_000;
const AT_ONCE = 8;

promise(
  `of ${COUNT} instances in flight none is lost or doubled when everything is killed`,
  async ({ bed }) => {
    const reference = `flight-${Date.now()}`;
    const before = await indexedInstances(bed.dataIndexUrl, 'promise_order');
    const api = await bed.left.signIn();
    const startedAt = Date.now();
    const numbers = Array.from({ length: COUNT }, (_, number) => number);
    const ids = await inParallel(numbers, AT_ONCE, async () => {
      const { id } = await runOrder(api, { reference });
      return id;
    });
    const perSecond = COUNT / ((Date.now() - startedAt) / 1000);
    figure(`${COUNT} starts through the portal: ${perSecond.toFixed(1)}/s`);
    const inFlight = async (state: string) =>
      (await bed.left.allInstances({ search: reference, state })).length;
    await expect.poll(() => inFlight('ACTIVE')).toBe(COUNT);
    await expect
      .poll(async () =>
        countOf(await indexedInstances(bed.dataIndexUrl, 'promise_order')),
      )
      .toBe(before.length + COUNT);

    await Promise.all([
      bed.first.kill(),
      bed.second.kill(),
      bed.dataIndex.kill(),
      bed.left.kill(),
      bed.right.kill(),
    ]);
    await bed.up();

    expect(await inFlight('ACTIVE')).toBe(COUNT);
    const after = await bed.left.signIn();
    await inParallel(ids, AT_ONCE, id => deliver(after, id));
    await expect.poll(() => inFlight('COMPLETED')).toBe(COUNT);

    const stored = await bed.left.allInstances({ search: reference });
    expect(new Set(stored.map(({ id }) => id))).toEqual(new Set(ids));
    expect(stored).toHaveLength(COUNT);
    const indexed = new Map(
      (await indexedInstances(bed.dataIndexUrl, 'promise_order'))
        .filter(({ id }) => !before.some(each => each.id === id))
        .map(each => [each.id, each]),
    );
    expect(indexed.size).toBe(COUNT);
    for (const { id, engineInstanceId = '', state } of stored) {
      expect(indexed.get(engineInstanceId)).toMatchObject({
        businessKey: id,
        state,
      });
    }
    const kept = await bed.databases.first.rows(
      'SELECT 1 FROM process_instances WHERE process_id = $1',
      ['promise_order'],
    );
    expect(kept).toHaveLength(before.filter(isUnfinished).length);
  },
);
