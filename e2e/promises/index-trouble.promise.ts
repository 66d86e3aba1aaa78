import { PortalApi } from '../support/PortalApi';
import { Bed } from './support/Bed';
import { Fault } from './support/FaultyProxy';
import { deliver, runOrder } from './support/orders';
import { expect, promise } from './support/promise';
import { runElsewhere } from './support/runElsewhere';

/**
 * What is wrong with the Data Index, and what it is called when something is read from it: 502 for a
 * wrong answer, 503 for none, 504 for one that takes too long.
 */
const TROUBLES: Record<string, { fault: Fault; statuses: number[] }> = {
  'is down': { fault: 'cut-before', statuses: [503] },
  // Having been too slow some times in a row, it is not asked for a while.
  hangs: { fault: 'hang', statuses: [503, 504] },
  'answers with HTTP 500': {
    fault: { status: 500, body: '{"details":"Error id 1","stack":""}' },
    statuses: [502],
  },
  'answers with errors': {
    fault: {
      status: 200,
      body: '{"errors":[{"message":"boom at 10.0.0.7"}],"data":null}',
    },
    statuses: [502],
  },
  'answers in part': {
    fault: {
      status: 200,
      body: '{"errors":[{"message":"boom at 10.0.0.7"}],"data":{"ProcessInstances":[null]}}',
    },
    statuses: [502],
  },
  'answers nonsense': {
    fault: { status: 200, body: '<html>gateway</html>' },
    statuses: [502],
  },
};

/** How long each answer of a slow one takes. */
const SLOW_INDEX_MS = 3_000;

/** Lists that are asked for meanwhile. */
const LISTS = 5;

/** An action reached nobody then, whatever is wrong: it can simply be asked for again. */
const NOT_DONE = [503];

const SHORT = ['is down', 'answers with errors'];

const freshness = async (bed: Bed) => {
  const { stale, asOf, items } = await bed.left.instances();
  return { stale, asOf: Date.parse(asOf), count: items.length };
};

for (const [trouble, { fault, statuses }] of Object.entries(TROUBLES)) {
  promise(
    `while the Data Index ${trouble}, lists say how old they are, runs go on, and what needs it says why it fails`,
    { tag: SHORT.includes(trouble) ? '@short' : '@full' },
    async ({ bed }) => {
      const api = await bed.left.signIn();
      const known = await runOrder(api);
      const steered = await beginElsewhere(bed, api);
      await expect
        .poll(async () => (await bed.left.instance(known.id)).waitingFor)
        .toBeTruthy();
      const before = await freshness(bed);
      bed.indexProxy.spoil(fault);
      const begunAt = Date.now();

      await expect.poll(async () => (await freshness(bed)).stale).toBe(true);
      const during = await freshness(bed);
      expect(during.count).toBeGreaterThanOrEqual(before.count);
      const detail = await bed.left.instance(known.id);
      expect(detail).toMatchObject({
        state: 'ACTIVE',
        engineUnreachable: true,
      });
      await expectToldWhy(steered.readData(), statuses);
      await expectToldWhy(steered.abort(), NOT_DONE);
      await expectToldWhy(steered.retry(), NOT_DONE);
      const started = await runOrder(api);
      expect(started.state).toBe('ACTIVE');
      // What was read before does not pass for new.
      expect((await freshness(bed)).asOf).toBeLessThan(begunAt);

      bed.indexProxy.heal();
      await expect.poll(async () => (await freshness(bed)).stale).toBe(false);
      await expect
        .poll(async () => (await bed.left.instance(started.id)).waitingFor)
        .toBe('event promise.order.delivered');
      await deliver(api, known.id);
      await expect
        .poll(async () => (await bed.left.instance(known.id)).state)
        .toBe('COMPLETED');
      await steered.goesOn();
    },
  );
}

/** A waiting and a failed instance that somebody else started, and what is done to them. */
async function beginElsewhere(bed: Bed, api: PortalApi) {
  const waiting = await runElsewhere(
    bed,
    'promise_order',
    { pieces: 1 },
    'ACTIVE',
  );
  // Nobody listens where it calls.
  const failed = await runElsewhere(bed, 'promise_secret', {}, 'ERROR');
  const abort = () => api.post(`/instances/${waiting.id}/abort`, {});
  const retry = () => api.post(`/instances/${failed.id}/retry`, {});
  return {
    readData: () => api.get(`/instances/${waiting.id}/data`),
    abort,
    retry,
    /** What was refused left no trace, and is done when it is asked for again. */
    goesOn: async () => {
      const { state, abortRequestedAt, allowed } = await bed.left.instance(
        waiting.id,
      );
      expect({ state, abortRequestedAt }).toEqual({ state: 'ACTIVE' });
      expect(allowed.abort).toEqual({ allowed: true });
      expect(await (await abort()).json()).toMatchObject({ state: 'ABORTED' });
      const { retriedBy } = await bed.left.instance(failed.id);
      expect(retriedBy).toBeUndefined();
      expect((await retry()).ok).toBe(true);
    },
  };
}

/** The status is one of these, and a sentence says why, without a word of the Data Index itself. */
async function expectToldWhy(
  asked: Promise<Response>,
  statuses: readonly number[],
): Promise<void> {
  const refused = await asked;
  expect(statuses).toContain(refused.status);
  const { error } = await refused.json();
  expect(error.message).toMatch(/^[A-Z][a-z ,’]{20,}.*\.$/);
  expect(JSON.stringify(error)).not.toMatch(/127\.0\.0\.1|10\.0\.0\.7|boom/);
}

promise('a slow Data Index makes lists older, not slower', async ({ bed }) => {
  const api = await bed.left.signIn();
  const asked = bed.indexProxy.spoiled.length;
  bed.indexProxy.spoil({ delayMs: SLOW_INDEX_MS });
  await expect.poll(() => bed.indexProxy.spoiled.length).toBeGreaterThan(asked);
  const began = performance.now();
  for (let list = 0; list < LISTS; list++) {
    expect((await api.get('/instances')).status).toBe(200);
  }
  expect((performance.now() - began) / LISTS).toBeLessThan(SLOW_INDEX_MS / 2);
  const started = await runOrder(api);
  await expect
    .poll(async () => (await bed.left.instance(started.id)).state)
    .toBe('ACTIVE');
});

promise(
  'while the index hears of instances late, they are neither missing nor called lost',
  async ({ bed }) => {
    const api = await bed.left.signIn();
    bed.eventsProxy.spoil({ delayMs: 12_000 });
    const { id } = await runOrder(api);
    await expect
      .poll(async () => {
        const { items } = await bed.left.instances();
        const { state, attention, detailsGone, waitingFor } =
          items.find(item => item.id === id) ?? {};
        expect({ state, attention, detailsGone }).toEqual({ state: 'ACTIVE' });
        expect(await bed.left.instance(id)).not.toHaveProperty('detailsGone');
        return waitingFor;
      })
      .toBe('event promise.order.delivered');
  },
);

promise(
  'an instance that its service lost while the index calls it active is shown as such',
  async ({ bed }) => {
    const api = await bed.left.signIn();
    const { id } = await runOrder(api);
    await expect
      .poll(async () => (await bed.left.instance(id)).waitingFor)
      .toBeTruthy();
    const { engineInstanceId } = await bed.left.instance(id);
    await bed.databases.first.rows(
      'DELETE FROM process_instances WHERE id = $1',
      [engineInstanceId],
    );

    const refused = await api.post(`/instances/${id}/abort`, {});
    expect([404, 409, 422]).toContain(refused.status);
    expect((await refused.json()).error.message).toMatch(/[a-z ]{20,}/);
    await expect
      .poll(async () => (await bed.left.instance(id)).attention)
      .toBe('not-at-service');
  },
);
