import { randomInt, randomUUID } from 'node:crypto';
import type { SendEventOptions } from '../../engine';
import {
  APPROVAL_EVENT_TYPE,
  contractWorkflowIds,
  ORDER_EVENT_TYPE,
} from '../contractWorkflows';
import { EngineContract } from '../EngineContract';
import { eventually } from '../eventually';
import { eventOf, inState, start } from './instances';

/** Waiting for events, resuming and starting by them. */
export function describeEvents(contract: () => EngineContract): void {
  const { approval, eventStart } = contractWorkflowIds;

  describe('an event', () => {
    it('is waited for by name and type', async () => {
      const id = await start(contract(), approval);

      const instance = await inState(contract(), id, 'ACTIVE', ({ waits }) =>
        expect(waits).toContainEqual(
          expect.objectContaining({
            kind: 'event',
            eventType: APPROVAL_EVENT_TYPE,
          }),
        ),
      );

      expect(instance.waitingFor).toBe(`event ${APPROVAL_EVENT_TYPE}`);
    });

    it('resumes the instance that it is sent to, and no other', async () => {
      const { engine } = contract();
      const sentTo = await start(contract(), approval);
      const other = await start(contract(), approval);
      await inState(contract(), sentTo, 'ACTIVE');
      await inState(contract(), other, 'ACTIVE');

      await engine.sendEvent(eventOf(APPROVAL_EVENT_TYPE, { granted: true }), {
        kind: 'instance',
        engineInstanceId: sentTo,
      });

      const resumed = await inState(contract(), sentTo, 'COMPLETED', each =>
        expect(each.data).toMatchObject({ decision: { granted: true } }),
      );
      expect(resumed.waits).toEqual([]);
      expect((await engine.getInstance(other))?.state).toBe('ACTIVE');
    });

    it('is wanted by the workflows that consume its type', async () => {
      const workflows = await contract().engine.listWorkflows();
      const consumersOf = (type: string) =>
        workflows
          .filter(each => each.consumedEventTypes.includes(type))
          .map(({ id }) => id);

      expect(consumersOf(APPROVAL_EVENT_TYPE)).toEqual([approval]);
      expect(consumersOf(ORDER_EVENT_TYPE)).toEqual([eventStart]);
    });

    /** The instances that an order started. */
    const startedBy = async (order: { number: number }) => {
      const { engine } = contract();
      const { summaries } = await engine.changes(undefined, 10_000);
      const instances = await Promise.all(
        summaries
          .filter(({ workflowId }) => workflowId === eventStart)
          .map(({ engineInstanceId }) => engine.getInstance(engineInstanceId)),
      );
      // Where it starts an instance, SonataFlow 10.1 ignores `toStateData`.
      const ids = instances.flatMap(instance =>
        instance?.state === 'COMPLETED' &&
        (instance.data as { number?: number }).number === order.number
          ? instance.engineInstanceId
          : [],
      );
      return new Set(ids);
    };

    const newOrder = () => ({ number: randomInt(2 ** 40) });

    const sendOrder = (order: { number: number }, options?: SendEventOptions) =>
      contract().engine.sendEvent(
        eventOf(ORDER_EVENT_TYPE, order),
        { kind: 'workflow', workflowId: eventStart },
        options,
      );

    it('starts an instance of a workflow that begins with it', async () => {
      const order = newOrder();

      await sendOrder(order);

      await eventually(contract().patienceMs, async () =>
        expect((await startedBy(order)).size).toBe(1),
      );
    });

    it('starts no second instance when it turns out to have arrived', async () => {
      const { patienceMs } = contract();
      const [order, next] = [newOrder(), newOrder()];
      const deliveryId = randomUUID();
      await sendOrder(order, { deliveryId });
      await eventually(patienceMs, async () =>
        expect((await startedBy(order)).size).toBe(1),
      );

      await sendOrder(order, { deliveryId, mayHaveArrived: true });
      await sendOrder(next, { deliveryId: randomUUID(), mayHaveArrived: true });

      await eventually(patienceMs, async () =>
        expect((await startedBy(next)).size).toBe(1),
      );
      expect((await startedBy(order)).size).toBe(1);
    });
  });
}
