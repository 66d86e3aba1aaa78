import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { randomUUID } from 'node:crypto';
import { Bed } from './support/Bed';
import { Fault } from './support/FaultyProxy';
import { inParallel } from './support/inParallel';
import { requestOrder, runOrder } from './support/orders';
import { expect, isShort, promise } from './support/promise';
import { startsAtService } from './support/startsAtService';
import { until } from './support/until';

const TRIES = isShort ? 3 : 40;

/** More for one service wait in the portal. */
const SENT_AT_ONCE = 32;

/** Orders of version 2.0 go through the proxy. */
const VERSION = '2.0';

/** Only starts are spoiled; what the portal asks otherwise gets through. */
const spoilStarts = (bed: Bed, fault: Fault) =>
  bed.secondProxy.spoil(({ method, url }) =>
    method === 'POST' && url?.startsWith('/promise_order?') ? fault : undefined,
  );

const startsOf = (bed: Bed, { id }: { id: string }) =>
  startsAtService(bed.databases.second, id);

/** Runs orders with a key each; a person who gets no answer asks again with the same key. */
async function runWith(bed: Bed, fault: Fault): Promise<Instance[]> {
  const api = await bed.left.signIn();
  spoilStarts(bed, fault);
  const keys = Array.from({ length: TRIES }, () => randomUUID());
  const instances = await inParallel(keys, 4, key =>
    runOrder(api, { version: VERSION, key }),
  );
  const again = await inParallel(keys, 4, key =>
    runOrder(api, { version: VERSION, key }),
  );
  expect(again.map(({ id }) => id)).toEqual(instances.map(({ id }) => id));
  bed.secondProxy.heal();
  return instances;
}

for (const fault of ['cut-during', 'cut-after'] as const) {
  promise(
    `a start (${fault}) of which no answer came is found, and never run twice`,
    { tag: fault === 'cut-during' ? '@short' : '@full' },
    async ({ bed }) => {
      const instances = await runWith(bed, fault);
      for (const instance of instances) {
        expect(instance.state).not.toBe('ERROR');
        await expect
          .poll(async () => {
            const { state, engineInstanceId } = await bed.left.instance(
              instance.id,
            );
            expect(state).not.toMatch(/ERROR|ABORTED/);
            return engineInstanceId && state;
          })
          .toBe('ACTIVE');
        expect(await startsOf(bed, instance)).toBe(1);
      }
    },
  );
}

promise(
  'a start that was cut off before the service had it is not repeated, but shown to a person',
  { tag: '@short' },
  async ({ bed }) => {
    const instances = await runWith(bed, 'cut-before');
    for (const { id } of instances) {
      await expect
        .poll(async () => (await bed.left.instance(id)).attention)
        .toBe('unconfirmed');
      const { state } = await bed.left.instance(id);
      expect(state).toBe('PENDING');
      expect(await startsOf(bed, { id })).toBe(0);
    }
  },
);

promise(
  'a start under way while the portal is killed is found when it is back, and never run twice',
  { tag: '@short' },
  async ({ bed }) => {
    const api = await bed.left.signIn();
    const key = randomUUID();
    const isAsked = () =>
      bed.secondProxy.spoiled.filter(line => line.startsWith('POST')).length;
    const before = isAsked();
    // The service gets the start when nobody is there any more to hear its answer.
    spoilStarts(bed, { delayMs: 5_000 });
    const asked = requestOrder(api, { version: VERSION, key }).catch(() => {});
    await until('the service is asked', async () => isAsked() > before);
    await bed.left.kill();
    await asked;
    await bed.left.start();

    const again = await runOrder(await bed.left.signIn(), {
      version: VERSION,
      key,
    });
    await expect
      .poll(async () => (await bed.left.instance(again.id)).state)
      .toBe('ACTIVE');
    expect(await startsOf(bed, again)).toBe(1);
    expect(isAsked()).toBe(before + 1);
  },
);

promise(
  'of starts under way and waiting while the portal is killed each sent one is found, and each other one ends as not started',
  async ({ bed }) => {
    const api = await bed.left.signIn();
    // Long enough for each to be answered as pending before the service has any.
    spoilStarts(bed, { delayMs: 15_000 });
    const keys = Array.from({ length: SENT_AT_ONCE + 3 }, () => randomUUID());
    const runs = await inParallel(keys, keys.length, key =>
      runOrder(api, { version: VERSION, key }),
    );
    expect(runs.map(({ state }) => state)).toEqual(keys.map(() => 'PENDING'));
    await bed.left.kill();

    const after = async () =>
      Promise.all(runs.map(({ id }) => bed.right.instance(id)));
    await bed.right.start();
    await expect
      .poll(async () => {
        const states = (await after()).map(({ state }) => state);
        return states.filter(state => state === 'PENDING').length;
      })
      .toBe(0);
    const ended = (await after()).filter(({ state }) => state === 'ABORTED');
    expect(ended.map(({ endReason }) => endReason)).toEqual(
      Array.from({ length: 3 }, () => 'not-started'),
    );
    for (const run of await after()) {
      const starts = run.state === 'ABORTED' ? 0 : 1;
      expect(await startsOf(bed, run)).toBe(starts);
    }
    bed.secondProxy.heal();
    const { id } = ended[0];
    const key = keys[runs.findIndex(run => run.id === id)];
    const again = await runOrder(await bed.right.signIn(), {
      version: VERSION,
      key,
    });
    expect(again.id).not.toBe(id);
  },
);

promise(
  'a start that the service was asked for is found though it runs long after the portal gave up',
  async ({ bed }) => {
    const api = await bed.left.signIn();
    spoilStarts(bed, { delayMs: 45_000 });
    const { id, state } = await runOrder(api, { version: VERSION });
    expect(state).toBe('PENDING');
    await expect
      .poll(async () => (await bed.left.instance(id)).attention)
      .toBe('unconfirmed');
    expect((await bed.left.instance(id)).state).toBe('PENDING');
    await expect
      .poll(async () => {
        const found = await bed.left.instance(id);
        return [found.state, found.attention];
      })
      .toEqual(['ACTIVE', undefined]);
    expect(await startsOf(bed, { id })).toBe(1);
  },
);
