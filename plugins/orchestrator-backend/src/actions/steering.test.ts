import { EngineRefusedError } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { InstanceBed } from '../__testUtils__/InstanceBed';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';

const AT = '2030-01-01T12:00:00+02:00';

describe('stepping into an instance', () => {
  const bed = InstanceBed.forTests();
  const { start, becomes } = bed;

  const skip = (body: unknown = {}) =>
    bed.portal.post(`/instances/${bed.id}/skip`, body);
  const retrigger = (node = 'n1', body: unknown = {}) =>
    bed.portal.post(`/instances/${bed.id}/nodes/${node}/retrigger`, body);
  const reschedule = (timer = 't1', body: unknown = { at: AT }) =>
    bed.portal.post(`/instances/${bed.id}/timers/${timer}/reschedule`, body);
  const update = (body: unknown = { data: { retries: 3 } }) =>
    bed.portal.send('patch', `/instances/${bed.id}/data`, body);

  describe('that the engine can’t', () => {
    beforeEach(() => start(new ScriptedEngine()));

    it.each([
      ['skip', () => skip(), 'can’t skip nodes'],
      ['retriggerNode', () => retrigger(), 'can’t enter a node again'],
      ['rescheduleTimer', () => reschedule(), 'can’t reschedule timers'],
      ['updateData', () => update(), 'can’t change the data'],
    ])('%s answers 422 and is not offered', async (action, act, sentence) => {
      const { status, body } = await act();
      expect(status).toBe(422);
      expect(body.error.message).toContain(sentence);

      const detail = await bed.portal.get(`/instances/${bed.id}`);
      expect(detail.body.allowed[action]).toMatchObject({
        allowed: false,
        cause: 'engine',
      });
      const mode = await bed.portal.get('/mode');
      expect(mode.body.capabilities[action]).toBe(false);
    });
  });

  describe('that the engine can', () => {
    beforeEach(() => start(new ScriptedEngine().withEverything()));

    it('is told by the mode', async () => {
      const { body } = await bed.portal.get('/mode');
      expect(body.capabilities).toMatchObject({ skip: true, updateData: true });
    });

    it('refuses bodies and ids that the API does not know', async () => {
      for (const reply of [
        await skip({ why: 'x' }),
        await retrigger('../n1'),
        await retrigger('n1', { nodeId: 'n2' }),
        await reschedule('t1', {}),
        await reschedule('t1', { at: 'soon' }),
        await update({}),
        await update({ data: [1] }),
        await update({ data: null }),
      ]) {
        expect([400, 404]).toContain(reply.status);
      }
      expect(bed.engine.calls).not.toContain('skip');
      expect(bed.engine.calls).not.toContain('updateData');
    });

    it('skips the failed node, and keeps who did it and why', async () => {
      await becomes({ state: 'ERROR', errorMessage: 'no route' });
      const { status, body } = await skip({ reason: 'done by hand' });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        state: 'ACTIVE',
        retriedBy: 'user:default/mock',
      });
      expect(body.errorMessage).toBeUndefined();
      expect(bed.portal.audits).toContainEqual({
        eventId: 'instance-skip',
        severityLevel: 'medium',
        outcome: 'succeeded',
        meta: {
          instanceId: bed.id,
          workflowId: 'greet',
          reason: 'done by hand',
        },
      });
    });

    it('shows at once that it failed again behind the skipped node', async () => {
      await becomes({ state: 'ERROR', errorMessage: 'no route' });
      bed.engine.skip = async () => ({ errorMessage: 'no stock' });
      expect((await skip()).body).toMatchObject({
        state: 'ERROR',
        errorMessage: 'no stock',
      });
    });

    it('skips nothing while a retry is under way', async () => {
      await becomes({ state: 'ERROR' });
      let answer = () => {};
      const answered = new Promise<void>(resolve => {
        answer = resolve;
      });
      const asked = new Promise<void>(resolve => {
        bed.engine.retry = () => {
          resolve();
          return answered;
        };
      });
      const retried = Promise.resolve(
        bed.portal.post(`/instances/${bed.id}/retry`, {}),
      );
      await asked;

      const { status, body } = await skip();

      expect(status).toBe(409);
      expect(body.error.message).toContain('is asked just now');
      answer();
      expect((await retried).status).toBe(200);
      expect(bed.engine.calls).not.toContain('skip');
    });

    it('skips nothing while nothing has failed', async () => {
      const { status, body } = await skip();
      expect(status).toBe(409);
      expect(body.error.message).toContain('this one is ACTIVE');
      expect(bed.engine.calls).not.toContain('skip');
    });

    it('enters the named node again', async () => {
      expect((await retrigger('n1')).status).toBe(200);
      expect(bed.engine.calls).toContain('retriggerNode n1');
    });

    it('passes on that the engine has no such open node', async () => {
      bed.engine.retriggerNode = async () => {
        throw new EngineRefusedError('The node has been left.');
      };
      const { status, body } = await retrigger('n9');
      expect(status).toBe(422);
      expect(body.error.message).toBe('The node has been left.');
    });

    it('moves a timer of the instance, told in UTC', async () => {
      await becomes({ waits: [{ kind: 'timer', timerId: 't1' }] });
      const detail = await bed.portal.get(`/instances/${bed.id}`);
      expect(detail.body.allowed.rescheduleTimer).toEqual({ allowed: true });

      expect((await reschedule('t1')).status).toBe(200);
      expect(bed.engine.calls).toContain(
        'rescheduleTimer t1 2030-01-01T10:00:00.000Z',
      );
    });

    it('moves no timer of another instance', async () => {
      bed.engine.put({ waits: [{ kind: 'timer', timerId: 'foreign' }] });
      const { status, body } = await reschedule('foreign');
      expect(status).toBe(409);
      expect(body.error.message).toContain('no timer "foreign"');
      expect(bed.engine.calls.join()).not.toContain('rescheduleTimer');
    });

    it('merges data, and audits which members but not their values', async () => {
      await becomes({ data: { name: 'Ada', token: 'canary-1' } });
      const { status } = await update({
        data: { token: 'canary-2' },
        reason: 'it was wrong',
      });
      expect(status).toBe(200);
      const { body } = await bed.portal.get(`/instances/${bed.id}/data`);
      expect(body.data).toEqual({ name: 'Ada', token: 'canary-2' });
      expect(bed.portal.audits).toContainEqual(
        expect.objectContaining({
          eventId: 'instance-data-update',
          meta: {
            instanceId: bed.id,
            workflowId: 'greet',
            members: ['token'],
            reason: 'it was wrong',
          },
        }),
      );
      expect(JSON.stringify(bed.portal.audits)).not.toContain('canary');
    });

    it.each([
      ['retriggerNode', () => retrigger()],
      ['rescheduleTimer', () => reschedule()],
      ['updateData', () => update()],
    ])('%s comes too late after the end', async (action, act) => {
      await becomes({ state: 'COMPLETED' });
      expect((await act()).status).toBe(409);
      const { body } = await bed.portal.get(`/instances/${bed.id}`);
      expect(body.allowed[action]).toMatchObject({ cause: 'state' });
    });
  });
});
