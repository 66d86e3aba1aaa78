import {
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { InstanceBed } from '../__testUtils__/InstanceBed';
import { eventually, startPortal } from '../__testUtils__/startPortal';
import { createDatabase } from '../__testUtils__/testDatabases';

describe('retrying an instance', () => {
  const bed = InstanceBed.forTests();
  const { instance, engineId, becomes } = bed;

  beforeEach(() => bed.start());

  const retry = (body = {}) =>
    bed.portal.post(`/instances/${bed.id}/retry`, body);

  it('continues a failed instance, and keeps who did it', async () => {
    await becomes({ state: 'ERROR', errorMessage: 'no route' });
    const { status, body } = await retry({ reason: 'route is there now' });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'ACTIVE',
      retriedBy: 'user:default/mock',
    });
    expect(body.errorMessage).toBeUndefined();
    expect(bed.portal.audits).toContainEqual(
      expect.objectContaining({
        eventId: 'instance-retry',
        severityLevel: 'medium',
        meta: {
          instanceId: bed.id,
          workflowId: 'greet',
          reason: 'route is there now',
        },
      }),
    );
  });

  it('shows at once that the instance failed again', async () => {
    await becomes({ state: 'ERROR', errorMessage: 'no route' });
    bed.engine.retry = async () => ({ errorMessage: 'still no route' });
    const { status, body } = await retry();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'ERROR',
      errorMessage: 'still no route',
      retriedBy: 'user:default/mock',
    });
  });

  describe('while another is under way', () => {
    /** Lets the engine answer. */
    let answer: (failure?: Error) => void;
    let first: Promise<Awaited<ReturnType<typeof retry>>>;

    beforeEach(async () => {
      await becomes({ state: 'ERROR', errorMessage: 'no route' });
      const asked = new Promise<void>(resolve => {
        const take = bed.engine.retry.bind(bed.engine);
        bed.engine.retry = async engineInstanceId => {
          const answered = new Promise<void>((done, fail) => {
            answer = failure => (failure ? fail(failure) : done());
          });
          resolve();
          await answered;
          return take(engineInstanceId);
        };
      });
      // A request is sent when it is waited for.
      first = Promise.resolve(retry({ reason: 'first' }));
      await asked;
    });

    it('asks the engine once for both', async () => {
      const second = await retry({ reason: 'second' });
      expect(second.status).toBe(409);
      expect(second.body.error.message).toContain('is asked just now');
      answer();
      expect((await first).body).toMatchObject({
        state: 'ACTIVE',
        retriedBy: 'user:default/mock',
      });
      expect(bed.engine.calls.filter(call => call === 'retry')).toHaveLength(1);
    });

    it('is noted with its actor, and not offered', async () => {
      expect(await instance()).toMatchObject({
        retriedBy: 'user:default/mock',
        allowed: {
          retry: {
            allowed: false,
            reason: 'The engine is asked just now to let it go on.',
          },
        },
      });
      answer();
      await first;
    });

    it('leaves no trace when the engine refuses', async () => {
      answer(new EngineRefusedError('The failed node is gone.'));
      expect((await first).status).toBe(422);
      const now = await instance();
      expect(now.retriedBy).toBeUndefined();
      expect(now.allowed.retry).toEqual({ allowed: true });
    });

    it('stays noted when nobody knows what became of it', async () => {
      answer(new EngineTimeoutError('No answer within 10 s'));
      expect((await first).status).toBe(504);
      expect(await instance()).toMatchObject({
        state: 'ERROR',
        retriedBy: 'user:default/mock',
        allowed: { retry: { allowed: false } },
      });
    });

    it('may be asked for again when the engine fails at it', async () => {
      answer(new EngineProtocolError('HTTP 500'));
      expect((await first).status).toBe(502);
      expect(await instance()).toMatchObject({
        state: 'ERROR',
        retriedBy: 'user:default/mock',
        allowed: { retry: { allowed: true } },
      });
    });

    it('is refused in the words of a state that changed meanwhile', async () => {
      bed.engine.put({ engineInstanceId: await engineId(), state: 'ABORTED' });
      await eventually(instance, ({ state }) => expect(state).toBe('ABORTED'));
      const second = await retry();
      expect(second.body.error.message).toContain('this one is ABORTED');
      answer();
      await first;
    });
  });

  it.each([
    ['version-not-deployed', 'Its version is not deployed any more'],
    ['not-at-service', 'Its workflow service no longer knows it'],
  ])('is not offered for one that is %s', async (attention, reason) => {
    await becomes({ state: 'ERROR', attention });
    const { allowed } = await instance();
    for (const action of ['retry', 'skip', 'retriggerNode']) {
      expect(allowed[action]).toMatchObject({ allowed: false });
    }
    expect(allowed.retry.reason).toContain(reason);
    expect(allowed.abort).toEqual({ allowed: true });
  });

  it('is for failed instances only', async () => {
    const { status, body } = await retry();
    expect(status).toBe(409);
    expect(body.error.message).toContain('this one is ACTIVE');
  });

  it('passes on that the service refuses', async () => {
    await becomes({ state: 'ERROR' });
    bed.engine.retry = async () => {
      throw new EngineRefusedError('The failed node is gone.');
    };
    const { status, body } = await retry();
    expect(status).toBe(422);
    expect(body.error.message).toBe('The failed node is gone.');
  });

  it('passes it on also when the database fails just then', async () => {
    const knex = await createDatabase('SQLITE_3');
    const other = await (
      await startPortal({ engine: bed.engine, knex })
    ).workflowsLoaded();
    await becomes({ state: 'ERROR' });
    const path = `/instances/${await engineId()}`;
    await eventually(
      () => other.get(path),
      ({ body }) => expect(body.state).toBe('ERROR'),
    );
    bed.engine.retry = async () => {
      await knex.schema.renameTable('instance', 'instance_elsewhere');
      throw new EngineRefusedError('The failed node is gone.');
    };
    const { body } = await other.post(`${path}/retry`);
    expect(body.error.message).toBe('The failed node is gone.');
    await other.stop();
  });
});
