import {
  EngineNotCalledError,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
  InstanceNotFoundError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { InstanceBed } from '../__testUtils__/InstanceBed';
import { eventually } from '../__testUtils__/startPortal';

describe('aborting an instance', () => {
  const bed = InstanceBed.forTests();
  const { instance, engineId, becomes } = bed;

  beforeEach(() => bed.start());

  const abort = (body = {}, user?: string) =>
    bed.portal.post(`/instances/${bed.id}/abort`, body, user);

  it('changes nothing when it is repeated', async () => {
    await abort({ reason: 'first' }, 'user:default/ada');
    const again = await abort({ reason: 'second' }, 'user:default/bob');

    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({
      state: 'ABORTED',
      abortedBy: 'user:default/ada',
      abortReason: 'first',
    });
    expect(bed.engine.calls.filter(call => call === 'abort')).toHaveLength(1);
  });

  it('comes too late for an instance that has completed', async () => {
    await becomes({ state: 'COMPLETED' });
    const { status, body } = await abort();
    expect(status).toBe(409);
    expect(body.error.message).toBe(
      'The instance has ended already: it is COMPLETED.',
    );
  });

  it('tells when the instance completed just before', async () => {
    bed.engine.putSilently({
      engineInstanceId: await engineId(),
      state: 'COMPLETED',
    });
    const { status, body } = await abort();
    expect(status).toBe(409);
    expect(body.error.message).toContain('COMPLETED');
  });

  it('takes over an abort that happened elsewhere', async () => {
    bed.engine.putSilently({
      engineInstanceId: await engineId(),
      state: 'ABORTED',
    });
    const { status, body } = await abort();
    expect({ status, state: body.state }).toEqual({
      status: 200,
      state: 'ABORTED',
    });
  });

  it('is possible for a failed instance', async () => {
    await becomes({ state: 'ERROR' });
    expect((await abort()).body.state).toBe('ABORTED');
  });

  it.each([
    ['was not called', new EngineNotCalledError('ECONNREFUSED'), 503],
    ['declined', new EngineRefusedError('not this one'), 422],
    [
      'lacks an instance that the index shows',
      new InstanceNotFoundError('no'),
      409,
    ],
  ])('leaves no mark when the engine %s', async (_, failure, expected) => {
    bed.engine.abort = async () => {
      throw failure;
    };
    const { status, body } = await abort();
    expect(status).toBe(expected);
    expect(JSON.stringify(body)).not.toContain('ECONNREFUSED');

    const { body: now } = await bed.portal.get(`/instances/${bed.id}`);
    expect(now).toMatchObject({
      state: 'ACTIVE',
      allowed: { abort: { allowed: true } },
    });
    expect(now.abortRequestedAt).toBeUndefined();
  });

  it.each([
    ['is too slow', new EngineTimeoutError('slow')],
    ['answers what makes no sense', new EngineProtocolError('<html>')],
    ['is cut off', new EngineUnreachableError('cut')],
  ])('stays wanted when the engine %s', async (_, failure) => {
    const succeed = bed.engine.abort.bind(bed.engine);
    bed.engine.abort = async () => {
      throw failure;
    };
    const { status, body } = await abort({ reason: 'ticket 7' });
    expect(status).toBe(202);
    expect(body.abortRequestedAt).toBeDefined();
    const { body: now } = await bed.portal.get(`/instances/${bed.id}`);
    expect(now).toMatchObject({
      state: 'ACTIVE',
      allowed: { abort: { allowed: false, cause: 'state' } },
    });

    bed.engine.abort = succeed;
    await eventually(
      () => bed.portal.get(`/instances/${bed.id}`),
      ({ body: later }) =>
        expect(later).toMatchObject({
          state: 'ABORTED',
          endReason: 'aborted',
          abortedBy: 'user:default/mock',
          abortReason: 'ticket 7',
        }),
    );
  });

  it('keeps who asked for it when it had happened before the connection was cut', async () => {
    const succeed = bed.engine.abort.bind(bed.engine);
    bed.engine.abort = async (...args) => {
      await succeed(...args);
      throw new EngineUnreachableError('cut');
    };
    expect((await abort({ reason: 'ticket 7' })).status).toBe(202);
    await eventually(
      () => bed.portal.get(`/instances/${bed.id}`),
      ({ body }) =>
        expect(body).toMatchObject({
          state: 'ABORTED',
          abortedBy: 'user:default/mock',
          abortReason: 'ticket 7',
        }),
    );
  });

  it('stays wanted by another person when the engine was not called for the first', async () => {
    let fail: (error: Error) => void = () => {};
    const asked = new Promise<void>(resolve => {
      bed.engine.abort = () =>
        new Promise((_, reject) => {
          fail = reject;
          resolve();
        });
    });
    const first = Promise.resolve(abort({}, 'user:default/ada'));
    await asked;
    const failFirst = fail;
    bed.engine.abort = async () => {
      throw new EngineTimeoutError('slow');
    };
    expect((await abort({}, 'user:default/bob')).status).toBe(202);
    failFirst(new EngineNotCalledError('ECONNREFUSED'));
    expect((await first).status).toBe(503);
    expect((await instance()).abortRequestedAt).toBeDefined();
  });

  it('asks again at once when a person does, and keeps the first request', async () => {
    const succeed = bed.engine.abort.bind(bed.engine);
    bed.engine.abort = async () => {
      throw new EngineTimeoutError('slow');
    };
    await abort({ reason: 'first' }, 'user:default/ada');
    bed.engine.abort = succeed;
    const { status, body } = await abort(
      { reason: 'second' },
      'user:default/bob',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'ABORTED',
      abortedBy: 'user:default/ada',
      abortReason: 'first',
    });
  });
});
