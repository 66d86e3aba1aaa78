import { Bed } from './support/Bed';
import { indexedInstances } from './support/IndexedInstance';
import { deliver, runOrder, runWorkflow } from './support/orders';
import { expect, promise } from './support/promise';

/** Who is killed, and the workflow of which an instance sleeps meanwhile. */
const KILLED: Record<
  string,
  { kill: (bed: Bed) => Promise<unknown>; sleeper: string }
> = {
  'the workflow service': {
    kill: bed => bed.first.kill(),
    sleeper: 'promise_timer',
  },
  // An index never hears of a timer that fires before it is back, see the README: this one fires late.
  'the Data Index': {
    kill: bed => bed.dataIndex.kill(),
    sleeper: 'promise_long_timer',
  },
  'the portal': { kill: bed => bed.left.kill(), sleeper: 'promise_timer' },
  'service, Data Index and portal': {
    kill: bed =>
      Promise.all([bed.first.kill(), bed.dataIndex.kill(), bed.left.kill()]),
    sleeper: 'promise_timer',
  },
};

for (const [who, { kill, sleeper }] of Object.entries(KILLED)) {
  promise(
    `a timer and the wait for an event survive a kill -9 of ${who}, and finish once`,
    { tag: who.startsWith('service,') ? '@short' : '@full' },
    async ({ bed }) => {
      const api = await bed.left.signIn();
      const { id: sleeping } = await runWorkflow(api, sleeper);
      const waiting = await runOrder(api);
      await expect
        .poll(async () => (await bed.left.instance(sleeping)).waitingFor)
        .toMatch(/^timer/);
      await expect
        .poll(async () => (await bed.left.instance(waiting.id)).waitingFor)
        .toBe('event promise.order.delivered');

      await kill(bed);
      await bed.up();

      await expect
        .poll(async () => (await bed.left.instance(sleeping)).state)
        .toBe('COMPLETED');
      expect((await bed.left.instance(waiting.id)).state).toBe('ACTIVE');
      const back = await bed.left.signIn();
      await deliver(back, waiting.id);
      await expect
        .poll(async () => (await bed.left.instance(waiting.id)).state)
        .toBe('COMPLETED');
      const dataOf = async (id: string) =>
        JSON.stringify(await (await back.get(`/instances/${id}/data`)).json());
      expect(await dataOf(sleeping)).toContain('"slept":true');
      expect(await dataOf(waiting.id)).toContain('"by":"cart"');
      for (const [workflowId, id] of [
        [sleeper, sleeping],
        ['promise_order', waiting.id],
      ]) {
        const { initiator } = await bed.left.instance(id);
        expect(initiator).toBe('user:default/administrator');
        const indexed = await indexedInstances(bed.dataIndexUrl, workflowId);
        expect(
          indexed
            .filter(({ businessKey }) => businessKey === id)
            .map(each => each.state),
        ).toEqual(['COMPLETED']);
      }
    },
  );
}
