import { deliver, runOrder } from './support/orders';
import { expect, promise } from './support/promise';

promise(
  'a timer and the wait for an event survive a kill -9 of service, Data Index and portal, and finish',
  { tag: '@short' },
  async ({ bed }) => {
    const api = await bed.left.signIn();
    const sleeping = await api.run('promise_timer', {});
    const waiting = await runOrder(api);
    await expect
      .poll(async () => (await bed.left.instance(sleeping)).waitingFor)
      .toMatch(/^timer/);
    await expect
      .poll(async () => (await bed.left.instance(waiting.id)).waitingFor)
      .toBe('event promise.order.delivered');

    await Promise.all([
      bed.first.kill(),
      bed.dataIndex.kill(),
      bed.left.kill(),
    ]);
    await bed.up();

    await expect
      .poll(async () => (await bed.left.instance(sleeping)).state)
      .toBe('COMPLETED');
    expect((await bed.left.instance(waiting.id)).state).toBe('ACTIVE');
    await deliver(await bed.left.signIn(), waiting.id);
    await expect
      .poll(async () => (await bed.left.instance(waiting.id)).state)
      .toBe('COMPLETED');
    const data = await api.get(`/instances/${waiting.id}/data`);
    expect(JSON.stringify(await data.json())).toContain('"by":"cart"');
  },
);
