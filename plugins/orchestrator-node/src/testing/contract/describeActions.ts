import { randomUUID } from 'node:crypto';
import { contractWorkflowIds } from '../contractWorkflows';
import { EngineContract } from '../EngineContract';
import { inState, start } from './instances';

/** Abort and retry. */
export function describeActions(contract: () => EngineContract): void {
  const { approval, calling, failing, greeting, timed } = contractWorkflowIds;

  describe('abort', () => {
    it('ends an instance that waits', async () => {
      const id = await start(contract(), approval);

      await contract().engine.abort(id);

      const instance = await inState(contract(), id, 'ABORTED');
      expect(instance.waitingFor).toBeUndefined();
      expect(instance.endReason).toBe('aborted');
    });

    it('within its time ends an instance for no other reason', async () => {
      const id = await start(contract(), timed);

      await contract().engine.abort(id);

      const instance = await inState(contract(), id, 'ABORTED');
      expect(instance.endReason).toBe('aborted');
    });

    it('ends an instance that failed', async () => {
      const id = await start(contract(), failing);

      await contract().engine.abort(id);

      await inState(contract(), id, 'ABORTED');
    });

    it('tells when there is nothing to end', async () => {
      const { engine } = contract();
      const aborted = await start(contract(), approval);
      await engine.abort(aborted);
      const completed = await start(contract(), greeting, { name: 'Ada' });

      for (const id of [aborted, completed, randomUUID()]) {
        await expect(engine.abort(id)).rejects.toMatchObject({
          name: 'InstanceNotFoundError',
        });
      }
    });
  });

  describe('retry', () => {
    afterEach(() => contract().service.recover());

    it('goes on from the failed node once the cause is gone', async () => {
      const { engine, service } = contract();
      service.fail();
      const id = await start(contract(), calling);
      await inState(contract(), id, 'ERROR');

      service.recover();
      await engine.retry(id);

      const instance = await inState(contract(), id, 'COMPLETED', ({ data }) =>
        expect(data).toMatchObject({ answer: { isWell: true } }),
      );
      expect(instance.errorMessage).toBeUndefined();
    });

    it('is refused for an instance that has not failed', async () => {
      const id = await start(contract(), approval);

      await expect(contract().engine.retry(id)).rejects.toMatchObject({
        name: 'EngineRefusedError',
      });
    });

    it('tells when there is no such instance', async () => {
      const completed = await start(contract(), greeting, { name: 'Ada' });

      for (const id of [completed, randomUUID()]) {
        await expect(contract().engine.retry(id)).rejects.toMatchObject({
          name: 'InstanceNotFoundError',
        });
      }
    });
  });
}
