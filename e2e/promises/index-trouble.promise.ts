import { Bed } from './support/Bed';
import { Fault } from './support/FaultyProxy';
import { deliver, runOrder } from './support/orders';
import { expect, promise } from './support/promise';

const TROUBLES: Record<string, Fault> = {
  'is down': 'cut-before',
  hangs: 'hang',
  'answers with HTTP 500': {
    status: 500,
    body: '{"details":"Error id 1","stack":""}',
  },
  'answers with errors': {
    status: 200,
    body: '{"errors":[{"message":"boom at 10.0.0.7"}],"data":null}',
  },
  'answers in part': {
    status: 200,
    body: '{"errors":[{"message":"boom at 10.0.0.7"}],"data":{"ProcessInstances":[null]}}',
  },
  'answers nonsense': { status: 200, body: '<html>gateway</html>' },
};

const freshness = async (bed: Bed) => {
  const { stale, asOf, items } = await bed.left.instances();
  return { stale, asOf: Date.parse(asOf), count: items.length };
};

for (const [trouble, fault] of Object.entries(TROUBLES)) {
  promise(
    `while the Data Index ${trouble}, lists say how old they are, runs go on, and what needs it says why it fails`,
    { tag: trouble === 'is down' ? '@short' : '@full' },
    async ({ bed }) => {
      const api = await bed.left.signIn();
      const known = await runOrder(api);
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
      const refused = await api.get(`/instances/${known.id}/data`);
      expect([502, 503, 504]).toContain(refused.status);
      const { error } = await refused.json();
      expect(error.message).toMatch(/[a-z ]{20,}/);
      expect(JSON.stringify(error)).not.toMatch(/127\.0\.0\.1|10\.0\.0\.7/);
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
    },
  );
}

promise('a slow Data Index makes lists older, not slower', async ({ bed }) => {
  const api = await bed.left.signIn();
  const asked = bed.indexProxy.spoiled.length;
  bed.indexProxy.spoil({ delayMs: 3_000 });
  await expect.poll(() => bed.indexProxy.spoiled.length).toBeGreaterThan(asked);
  expect((await api.get('/instances')).status).toBe(200);
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
