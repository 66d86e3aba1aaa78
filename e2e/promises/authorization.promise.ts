import { deliver, requestOrder, runOrder } from './support/orders';
import { expect, promise } from './support/promise';
import { SECRETS } from './support/secrets';

promise(
  'the Data Index and the services see the credentials that are meant for them, and no others',
  { tag: '@short' },
  async ({ bed }) => {
    const api = await bed.left.signIn();
    const { id } = await runOrder(api, { version: '2.0' });
    await expect
      .poll(async () => (await bed.left.instance(id)).waitingFor)
      .toBe('event promise.order.delivered');
    await deliver(api, id);
    await expect
      .poll(async () => (await bed.left.instance(id)).state)
      .toBe('COMPLETED');
    expect([...bed.indexProxy.authorizations]).toEqual([
      `Bearer ${SECRETS.dataIndexToken}`,
    ]);
    // The Data Index asks the services too, as nobody in particular.
    expect([...bed.secondProxy.authorizations].filter(Boolean)).toEqual([
      `Bearer ${SECRETS.serviceToken}`,
    ]);
  },
);

for (const status of [401, 403]) {
  const refusal = { status, body: '{"message":"token expired"}' };

  promise(
    `a service that refuses the portal with ${status} started nothing, and the answer says whose credentials it did not take`,
    async ({ bed }) => {
      const api = await bed.left.signIn();
      bed.secondProxy.spoil(({ method }) =>
        method === 'POST' ? refusal : undefined,
      );
      const refused = await requestOrder(api, { version: '2.0' });
      expect([422, 502]).toContain(refused.status);
      const { error } = await refused.json();
      expect(error.message).toContain('credentials');
      bed.secondProxy.heal();
      expect((await runOrder(api, { version: '2.0' })).state).toBe('ACTIVE');
    },
  );

  promise(
    `a Data Index that refuses the portal with ${status} makes lists older; the status says why, and it ends by itself`,
    async ({ bed }) => {
      const api = await bed.left.signIn();
      const health = async () =>
        (await (await api.get('/status')).json()).health;
      bed.indexProxy.spoil(refusal);
      await expect
        .poll(async () => (await bed.left.instances()).stale)
        .toBe(true);
      expect(await health()).toMatchObject({ reachable: false });
      expect((await health()).message).toContain('credentials');
      bed.indexProxy.heal();
      await expect
        .poll(async () => (await bed.left.instances()).stale)
        .toBe(false);
      expect(await health()).toMatchObject({ reachable: true });
    },
  );
}

promise(
  'status and undelivered events are for administrators',
  { tag: '@short' },
  async ({ bed }) => {
    for (const path of ['/status', '/events/undelivered']) {
      for (const user of ['viewer', 'operator']) {
        const answer = await (await bed.left.signIn(user)).get(path);
        expect(answer.status).toBe(403);
      }
      const answer = await (await bed.left.signIn()).get(path);
      expect(answer.status).toBe(200);
      const stranger = await fetch(`${bed.left.url}/api/orchestrator${path}`);
      expect(stranger.status).toBe(401);
    }
  },
);

promise(
  'what one may do is decided by the instance, not by the way to it',
  async ({ bed }) => {
    const operator = await bed.left.signIn('operator');
    const { id } = await runOrder(operator);
    const paths = ['abort', 'retry', 'events'];
    for (const user of ['viewer', 'second-operator']) {
      const api = await bed.left.signIn(user);
      for (const path of paths) {
        const answer = await api.post(
          `/instances/${id}/${path}`,
          path === 'events'
            ? { type: 'promise.order.delivered', data: {} }
            : {},
        );
        expect(answer.status).toBe(403);
      }
    }
    expect((await bed.left.instance(id)).state).toBe('ACTIVE');
    expect((await operator.post(`/instances/${id}/abort`, {})).ok).toBe(true);
    await expect
      .poll(async () => (await bed.left.instance(id)).state)
      .toBe('ABORTED');
  },
);
