import { randomUUID } from 'node:crypto';
import { contractWorkflowIds } from '../contractWorkflows';
import { EngineContract } from '../EngineContract';
import { eventually } from '../eventually';
import { inState, start } from './instances';

/** Running workflows, and what their instances tell. */
export function describeRuns(contract: () => EngineContract): void {
  const { greeting, failing, parent, sleeping, timed } = contractWorkflowIds;

  describe('a run', () => {
    it('that ends gives its data and its nodes', async () => {
      const { engine } = contract();
      const businessKey = randomUUID();

      const outcome = await engine.run({
        workflowId: greeting,
        input: { name: 'Ada' },
        businessKey,
      });

      expect(outcome).toMatchObject({
        outcome: 'started',
        engineInstanceId: expect.any(String),
      });
      const instance = await inState(
        contract(),
        (outcome as { engineInstanceId: string }).engineInstanceId,
        'COMPLETED',
        ({ data, endedAt, nodes }) => {
          expect(data).toMatchObject({ message: 'Hello Ada' });
          expect(endedAt).toBeDefined();
          expect(nodes.map(({ name }) => name)).toContain('Greet');
        },
      );
      expect(instance).toMatchObject({
        workflowId: greeting,
        workflowVersion: '1.0',
        businessKey,
        waits: [],
      });
      expect(instance.errorMessage).toBeUndefined();
      expect(instance.endReason).toBeUndefined();
      const started = Date.parse(instance.startedAt ?? '');
      const ended = Date.parse(instance.endedAt ?? '');
      expect(ended).toBeGreaterThanOrEqual(started);
    });

    it('of a workflow that nobody knows is refused', async () => {
      expect(
        await contract().engine.run({
          workflowId: 'contract-unheard-of',
          input: {},
          businessKey: randomUUID(),
        }),
      ).toMatchObject({
        outcome: 'refused',
        reason: 'unknown-workflow',
        message: expect.stringMatching(/./),
      });
    });

    it('with an input that does not fit is refused, and nothing starts', async () => {
      const { engine } = contract();
      const businessKey = randomUUID();

      const outcome = await engine.run({
        workflowId: greeting,
        input: { name: '' },
        businessKey,
      });

      expect(outcome).toMatchObject({
        outcome: 'refused',
        reason: 'input',
        message: expect.stringMatching(/./),
      });
      // Whatever started later is told, so what started before would be as well.
      const later = await start(contract(), greeting, { name: 'Ada' });
      const told = await eventually(contract().patienceMs, async () => {
        const { summaries } = await engine.summaries([later]);
        expect(summaries).toHaveLength(1);
        return engine.changes(undefined, 10_000);
      });
      expect(
        told.summaries.filter(summary => summary.businessKey === businessKey),
      ).toEqual([]);
    });

    it('that fails has an instance that says why and where', async () => {
      const { engine } = contract();

      const outcome = await engine.run({
        workflowId: failing,
        input: {},
        businessKey: randomUUID(),
      });

      expect(outcome).toMatchObject({
        outcome: 'failed',
        engineInstanceId: expect.any(String),
        message: expect.stringMatching(/./),
      });
      const instance = await inState(
        contract(),
        (outcome as { engineInstanceId: string }).engineInstanceId,
        'ERROR',
        ({ error, errorMessage, nodes }) => {
          expect(errorMessage).toEqual(expect.stringMatching(/./));
          expect(error?.message).toEqual(expect.stringMatching(/./));
          expect(nodes).toContainEqual(
            expect.objectContaining({ name: 'Choose', status: 'failed' }),
          );
        },
      );
      expect(instance.endedAt).toBeUndefined();
    });

    it('with a business key that was used before starts another instance', async () => {
      const { engine } = contract();
      const request = {
        workflowId: greeting,
        input: { name: 'Ada' },
        businessKey: randomUUID(),
      };

      const [first, second] = [
        await engine.run(request),
        await engine.run(request),
      ];

      expect(first.outcome).toBe('started');
      expect(second.outcome).toBe('started');
      expect(second).not.toEqual(first);
    });

    it('of a workflow that runs another one has two instances that know each other', async () => {
      const id = await start(contract(), parent, { name: 'Ada' });

      const instance = await inState(
        contract(),
        id,
        'COMPLETED',
        ({ data, childIds }) => {
          expect(data).toMatchObject({ message: 'Hello Ada' });
          expect(childIds).toHaveLength(1);
        },
      );

      const child = await contract().engine.getInstance(instance.childIds[0]);
      expect(child).toMatchObject({ workflowId: greeting, parentId: id });
    });

    it('that sleeps says so and goes on by itself', async () => {
      const id = await start(contract(), sleeping);

      await inState(contract(), id, 'ACTIVE', ({ waits, waitingFor }) => {
        expect(waits).toMatchObject([{ kind: 'timer' }]);
        expect(waitingFor).toMatch(/^timer/);
      });
      const awake = await inState(contract(), id, 'COMPLETED', ({ data }) =>
        expect(data).toMatchObject({ slept: true }),
      );

      expect(awake.waitingFor).toBeUndefined();
    });

    it('that takes longer than its workflow allows is aborted, and says why', async () => {
      const id = await start(contract(), timed);

      const instance = await inState(contract(), id, 'ABORTED');

      expect(instance.endReason).toBe('timed-out');
      const { summaries } = await contract().engine.summaries([id]);
      expect(summaries).toMatchObject([{ endReason: 'timed-out' }]);
    });
  });

  it('knows no instance that nobody started', async () => {
    expect(await contract().engine.getInstance(randomUUID())).toBeUndefined();
  });
}
