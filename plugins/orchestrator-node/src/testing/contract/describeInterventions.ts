import { randomUUID } from 'node:crypto';
import type {
  EngineCapabilities,
  EngineNode,
  WorkflowEngine,
} from '../../engine';
import { APPROVAL_EVENT_TYPE, contractWorkflowIds } from '../contractWorkflows';
import { EngineContract } from '../EngineContract';
import { eventually } from '../eventually';
import { eventOf, inState, start } from './instances';

const METHODS = {
  skip: 'skip',
  retriggerNode: 'retriggerNode',
  rescheduleTimer: 'rescheduleTimer',
  updateData: 'updateData',
  counts: 'count',
} as const satisfies Partial<
  Record<keyof EngineCapabilities, keyof WorkflowEngine>
>;

type Offered = WorkflowEngine &
  Required<Pick<WorkflowEngine, (typeof METHODS)[keyof typeof METHODS]>>;

/** What an engine may offer beyond abort and retry. What it does not offer is not asked of it. */
export function describeInterventions(contract: () => EngineContract): void {
  const { approval, calling, failing, greeting, resting } = contractWorkflowIds;

  const offers = (
    capability: keyof typeof METHODS,
    engine: WorkflowEngine,
  ): engine is Offered => engine.capabilities[capability];

  it.each(Object.entries(METHODS))(
    'the capability %s comes with the method %s, and not without',
    (capability, method) => {
      const { engine } = contract();
      expect(typeof engine[method]).toBe(
        engine.capabilities[capability as keyof EngineCapabilities]
          ? 'function'
          : 'undefined',
      );
    },
  );

  describe('skip', () => {
    afterEach(() => contract().service.recover());

    it('goes on behind the failed node', async () => {
      const { engine, service } = contract();
      if (!offers('skip', engine)) return;
      service.fail();
      const id = await start(contract(), calling);
      await inState(contract(), id, 'ERROR');

      await engine.skip(id);

      const instance = await inState(contract(), id, 'COMPLETED');
      expect(instance.data).not.toHaveProperty('answer');
      expect(instance.errorMessage).toBeUndefined();
    });

    it('is refused for an instance that has not failed', async () => {
      const { engine } = contract();
      if (!offers('skip', engine)) return;
      const id = await start(contract(), approval);

      await expect(engine.skip(id)).rejects.toMatchObject({
        name: 'EngineRefusedError',
      });
      await inState(contract(), id, 'ACTIVE');
    });

    it('tells when there is no such instance', async () => {
      const { engine } = contract();
      if (!offers('skip', engine)) return;
      const completed = await start(contract(), greeting, { name: 'Ada' });

      for (const id of [completed, randomUUID()]) {
        await expect(engine.skip(id)).rejects.toMatchObject({
          name: 'InstanceNotFoundError',
        });
      }
    });
  });

  describe('retriggering a node', () => {
    it('enters one that waits again, and it waits again', async () => {
      const { engine, patienceMs } = contract();
      if (!offers('retriggerNode', engine)) return;
      const id = await start(contract(), approval);
      const isWaiting = ({ status }: EngineNode) => status === 'waiting';
      const before = await inState(
        contract(),
        id,
        'ACTIVE',
        ({ nodes, waits }) => {
          expect(nodes.some(isWaiting)).toBe(true);
          expect(waits).toHaveLength(1);
        },
      );
      const node = before.nodes.findLast(isWaiting);

      await engine.retriggerNode(id, node?.id ?? '');

      await eventually(patienceMs, async () => {
        const after = await engine.getInstance(id);
        expect(after?.waits).toMatchObject([
          { kind: 'event', eventType: APPROVAL_EVENT_TYPE },
        ]);
        expect(after?.nodes.filter(({ name }) => name === node?.name)).toEqual([
          expect.objectContaining({ id: node?.id }),
          expect.objectContaining({ status: 'waiting' }),
        ]);
      });
      await engine.sendEvent(eventOf(APPROVAL_EVENT_TYPE, { granted: true }), {
        kind: 'instance',
        engineInstanceId: id,
      });
      await inState(contract(), id, 'COMPLETED');
    });

    it('is refused for a node that is not open', async () => {
      const { engine } = contract();
      if (!offers('retriggerNode', engine)) return;
      const id = await start(contract(), approval);

      await expect(
        engine.retriggerNode(id, randomUUID()),
      ).rejects.toMatchObject({ name: 'EngineRefusedError' });
    });

    it('tells when there is no such instance', async () => {
      const { engine } = contract();
      if (!offers('retriggerNode', engine)) return;

      await expect(
        engine.retriggerNode(randomUUID(), randomUUID()),
      ).rejects.toMatchObject({ name: 'InstanceNotFoundError' });
    });
  });

  describe('rescheduling a timer', () => {
    const IN_TWO_HOURS = () => new Date(Date.now() + 7_200_000).toISOString();

    async function rest(): Promise<{ id: string; timerId: string }> {
      const id = await start(contract(), resting);
      const timerId = await eventually(contract().patienceMs, async () => {
        const [wait] = (await contract().engine.getInstance(id))?.waits ?? [];
        expect(wait?.timerId).toEqual(expect.any(String));
        return wait?.timerId ?? '';
      });
      return { id, timerId };
    }

    it('lets it fire later, as the instance then says', async () => {
      const { engine, patienceMs } = contract();
      if (!offers('rescheduleTimer', engine)) return;
      const { id, timerId } = await rest();
      const at = IN_TWO_HOURS();

      await engine.rescheduleTimer(id, timerId, at);

      await eventually(patienceMs, async () => {
        const instance = await engine.getInstance(id);
        expect(instance?.waits).toMatchObject([{ kind: 'timer', until: at }]);
      });
    });

    it('lets it fire at once', async () => {
      const { engine } = contract();
      if (!offers('rescheduleTimer', engine)) return;
      const { id, timerId } = await rest();

      await engine.rescheduleTimer(id, timerId, new Date().toISOString());

      const instance = await inState(contract(), id, 'COMPLETED', ({ data }) =>
        expect(data).toMatchObject({ rested: true }),
      );
      expect(instance.waits).toEqual([]);
    });

    it('is refused for a timer of another instance', async () => {
      const { engine } = contract();
      if (!offers('rescheduleTimer', engine)) return;
      const [one, other] = [await rest(), await rest()];

      for (const timerId of [other.timerId, randomUUID()]) {
        await expect(
          engine.rescheduleTimer(one.id, timerId, IN_TWO_HOURS()),
        ).rejects.toMatchObject({ name: 'EngineRefusedError' });
      }
    });

    it('tells when there is no such instance', async () => {
      const { engine } = contract();
      if (!offers('rescheduleTimer', engine)) return;

      await expect(
        engine.rescheduleTimer(randomUUID(), randomUUID(), IN_TWO_HOURS()),
      ).rejects.toMatchObject({ name: 'InstanceNotFoundError' });
    });
  });

  describe('updating the data', () => {
    it('merges into what an instance has that waits', async () => {
      const { engine, patienceMs } = contract();
      if (!offers('updateData', engine)) return;
      const id = await start(contract(), approval, {
        order: { number: 1, lines: [1, 2] },
      });

      await engine.updateData(id, { order: { lines: [3] }, urgent: true });

      await eventually(patienceMs, async () => {
        expect((await engine.getInstance(id))?.data).toMatchObject({
          order: { number: 1, lines: [3] },
          urgent: true,
        });
      });
    });

    it('lets a failed instance be retried with other data', async () => {
      const { engine } = contract();
      if (!offers('updateData', engine)) return;
      const id = await start(contract(), failing);
      await inState(contract(), id, 'ERROR');

      await engine.updateData(id, { never: true });
      await engine.retry(id);

      await inState(contract(), id, 'COMPLETED');
    });

    it('tells when there is no such unfinished instance', async () => {
      const { engine } = contract();
      if (!offers('updateData', engine)) return;
      const completed = await start(contract(), greeting, { name: 'Ada' });

      for (const id of [completed, randomUUID()]) {
        await expect(
          engine.updateData(id, { some: 'thing' }),
        ).rejects.toMatchObject({ name: 'InstanceNotFoundError' });
      }
    });
  });

  it('counts what started in a window', async () => {
    const { engine, patienceMs } = contract();
    if (!offers('counts', engine)) return;
    const id = await start(contract(), greeting, { name: 'Ada' });

    await eventually(patienceMs, async () => {
      const [summary] = (await engine.summaries([id])).summaries;
      const from = new Date(summary.startedAt ?? '').toISOString();
      const to = new Date(Date.parse(from) + 1).toISOString();
      const page = await engine.window({ from, to }, { offset: 0, limit: 100 });
      expect(await engine.count({ from, to })).toBe(page.summaries.length);
      expect(await engine.count({ from, to, states: ['ERROR'] })).toBe(0);
    });
  });
}
