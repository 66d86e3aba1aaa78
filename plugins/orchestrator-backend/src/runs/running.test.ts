import {
  EngineNotCalledError,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
  RunOutcome,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import {
  eventually,
  Portal,
  PortalOptions,
  startPortal,
} from '../__testUtils__/startPortal';
import { createDatabase } from '../__testUtils__/testDatabases';

const RUN = '/workflows/greet/instances';

describe('running a workflow', () => {
  let portal: Portal;
  let engine: ScriptedEngine;

  const start = async (options: PortalOptions = {}) => {
    engine = new ScriptedEngine().setWorkflows(
      { id: 'greet', name: 'Greet' },
      { id: 'on-event', startsByEvent: true },
      {
        id: 'down',
        availability: { state: 'unavailable', reason: 'Connection refused' },
      },
    );
    portal = await (
      await startPortal({ engine, ...options })
    ).workflowsLoaded();
  };

  const runWithKey = (key: string, body: unknown, user?: string) =>
    portal.post(RUN, body, user).set('Idempotency-Key', key);

  const instances = async () => (await portal.get('/instances')).body.items;

  /** A run that the engine answers when the test says so. */
  const heldRun = () => {
    let answer: (outcome: RunOutcome) => void = () => {};
    engine.onRun = () =>
      new Promise(resolve => {
        answer = resolve;
      });
    return { answer: (outcome: RunOutcome) => answer(outcome) };
  };

  afterEach(() => portal.stop());

  describe('with an engine that answers', () => {
    beforeEach(() => start());

    it('gives the engine the id of the instance as business key', async () => {
      const { body } = await portal.post(RUN, { input: { name: 'Ada' } });
      expect(engine.runs).toEqual([
        { workflowId: 'greet', input: { name: 'Ada' }, businessKey: body.id },
      ]);
    });

    it('keeps who ran it, whatever the input says', async () => {
      const { body } = await portal.post(
        RUN,
        { input: { initiatorEntity: 'user:default/eve', initiator: 'eve' } },
        'user:default/ada',
      );
      expect(body.initiator).toBe('user:default/ada');
    });

    it('keeps the name of a service that ran it', async () => {
      const { body } = await portal
        .asService('post', RUN)
        .set('Content-Type', 'application/json')
        .send('{}');
      expect(body.initiator).toBe('external:test-service');
    });

    it('keeps the entity in its full form', async () => {
      const { body } = await portal.post(RUN, {
        entityRef: 'Component:payments',
      });
      expect(body.entityRef).toBe('component:default/payments');
    });

    it('shows an instance that finished at once', async () => {
      engine.onRun = async ({ workflowId, businessKey }) => {
        const { engineInstanceId } = engine.put({
          workflowId,
          businessKey,
          state: 'COMPLETED',
          endedAt: new Date().toISOString(),
        });
        return { outcome: 'started', engineInstanceId, state: 'COMPLETED' };
      };
      const { body, status } = await portal.post(RUN);
      expect({ status, state: body.state }).toEqual({
        status: 201,
        state: 'COMPLETED',
      });
    });

    it('shows an instance that failed at once', async () => {
      engine.onRun = async ({ businessKey }) => {
        const { engineInstanceId } = engine.put({
          businessKey,
          state: 'ERROR',
          errorMessage: 'no route',
        });
        return { outcome: 'failed', engineInstanceId, message: 'no route' };
      };
      const { body, status } = await portal.post(RUN);
      expect(status).toBe(201);
      expect(body).toMatchObject({ state: 'ERROR', errorMessage: 'no route' });
    });
  });

  describe('under an idempotency key', () => {
    beforeEach(() => start());

    it('starts one instance however often it is asked', async () => {
      const body = { input: { a: 1, b: 2 }, reference: 'r' };
      const first = await runWithKey('k', body);
      const again = await runWithKey('k', {
        reference: 'r',
        input: { b: 2, a: 1 },
      });

      expect(first.status).toBe(201);
      expect(again.status).toBe(200);
      expect(again.body.id).toBe(first.body.id);
      expect(engine.runs).toHaveLength(1);
    });

    it('starts one instance when asked several times at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => runWithKey('k', { input: {} })),
      );
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(answers.every(({ status }) => status < 300)).toBe(true);
      expect(engine.runs).toHaveLength(1);
    });

    it.each([
      ['another input', { input: { a: 2 } }],
      ['another reference', { input: { a: 1 }, reference: 'x' }],
    ])('refuses %s', async (_, other) => {
      await runWithKey('k', { input: { a: 1 } });
      const { status, body } = await runWithKey('k', other);
      expect(status).toBe(409);
      expect(body.error.message).toContain('Idempotency-Key');
    });

    it('keeps the keys of different people apart', async () => {
      const ada = await runWithKey('k', {}, 'user:default/ada');
      const bob = await runWithKey('k', {}, 'user:default/bob');
      expect(bob.status).toBe(201);
      expect(bob.body.id).not.toBe(ada.body.id);
    });

    it('frees the key of a run that did not start', async () => {
      const onRun = engine.onRun;
      engine.onRun = async () => {
        throw new EngineNotCalledError('connect ECONNREFUSED 10.0.0.7:8080');
      };
      expect((await runWithKey('k', {})).status).toBe(503);
      engine.onRun = onRun;
      expect((await runWithKey('k', {})).status).toBe(201);
    });
  });

  describe('that the workflow does not take', () => {
    beforeEach(() => start());

    it('tells everything that is wrong with the input', async () => {
      engine.inputProblems = [
        { path: '/name', message: 'must be string' },
        { path: '', message: 'must have property team' },
      ];
      const { status, body } = await portal.post(RUN, { input: { name: 1 } });

      expect(status).toBe(400);
      expect(body.error).toEqual({
        name: 'InputError',
        message: 'The input does not fit the schema of the workflow.',
        details: engine.inputProblems,
      });
      expect(engine.runs).toEqual([]);
      expect(await instances()).toEqual([]);
    });

    it.each([
      ['unknown', '/workflows/nope/instances', {}, 404],
      ['in an unknown version', RUN, { version: '9' }, 404],
      ['started by an event', '/workflows/on-event/instances', {}, 409],
      ['unavailable', '/workflows/down/instances', {}, 503],
    ])('answers for one that is %s', async (_, path, body, status) => {
      const answer = await portal.post(path, body);
      expect(answer.status).toBe(status);
      expect(engine.runs).toEqual([]);
      expect(await instances()).toEqual([]);
    });

    const newestDown = {
      id: 'moved',
      version: '2.0',
      availability: { state: 'unavailable', reason: 'Scaled down' },
    } as const;
    const olderUp = { id: 'moved', version: '1.0' };
    const newestOnEvent = { id: 'moved', version: '2.0', startsByEvent: true };

    it('starts an older version while the newest is out of reach', async () => {
      engine.setWorkflows(newestDown, olderUp);
      await portal.workflowsLoaded();

      const { body } = await portal.get('/workflows/moved');
      expect(body.version).toBe('2.0');
      expect(body.allowed.run).toEqual({ allowed: true });
      const run = '/workflows/moved/instances';
      expect((await portal.post(run)).status).toBe(201);
      expect((await portal.post(run, { version: '1.0' })).status).toBe(201);
      expect((await portal.post(run, { version: '2.0' })).status).toBe(503);
      expect(engine.runs.map(({ version }) => version)).toEqual([
        undefined,
        '1.0',
      ]);
    });

    it('starts an older version than one that starts by an event, if it is asked for', async () => {
      engine.setWorkflows(newestOnEvent, olderUp);
      await portal.workflowsLoaded();

      const { body } = await portal.get('/workflows/moved');
      expect(body.allowed.run).toEqual({ allowed: true });
      const run = '/workflows/moved/instances';
      expect((await portal.post(run)).status).toBe(409);
      expect((await portal.post(run, { version: '1.0' })).status).toBe(201);
    });

    it('says what hinders the newest version when no other can be started', async () => {
      engine.setWorkflows(newestDown, { ...olderUp, startsByEvent: true });
      await portal.workflowsLoaded();

      const { body } = await portal.get('/workflows/moved');
      expect(body.allowed.run).toEqual({
        allowed: false,
        cause: 'state',
        reason: 'Scaled down',
      });
    });

    it.each([
      'payments',
      'a:b:c/d',
      'component:default/',
      '  ',
      'component:x/y z',
    ])('refuses %j as entity', async entityRef => {
      const { status, body } = await portal.post(RUN, { entityRef });
      expect(status).toBe(400);
      expect(body.error.message).toContain('entity ref');
    });
  });

  describe('when the engine refuses', () => {
    beforeEach(() => start());

    const refused = (
      reason: 'input' | 'unknown-workflow' | 'limit' | 'engine',
    ): RunOutcome => ({ outcome: 'refused', reason, message: 'because' });

    it.each([
      ['input', 400],
      ['unknown-workflow', 404],
      ['limit', 429],
      ['engine', 422],
    ] as const)('for %s answers %d', async (reason, status) => {
      engine.onRun = async () => refused(reason);
      const answer = await portal.post(RUN);
      expect(answer.status).toBe(status);
      expect(answer.body.error.message).toBe('because');
      expect(answer.headers['retry-after'] !== undefined).toBe(status === 429);
    });

    it('keeps a trace that says that nothing started', async () => {
      engine.onRun = async () => {
        throw new EngineRefusedError('because');
      };
      await portal.post(RUN);
      expect(await instances()).toEqual([
        expect.objectContaining({
          state: 'ABORTED',
          endReason: 'not-started',
          errorMessage: 'because',
        }),
      ]);
    });
  });

  describe('with an engine that does not answer in time', () => {
    beforeEach(() => start({ config: { run: { wait: 'PT0.05S' } } }));

    it('answers 202, and binds the answer that comes later', async () => {
      const held = heldRun();
      const { status, body } = await portal.post(RUN);
      expect(status).toBe(202);
      expect(body.state).toBe('PENDING');

      const { engineInstanceId } = engine.put({ state: 'ACTIVE' });
      held.answer({ outcome: 'started', engineInstanceId });

      await eventually(
        () => portal.get(`/instances/${body.id}`),
        ({ body: now }) =>
          expect(now).toMatchObject({ state: 'ACTIVE', engineInstanceId }),
      );
      expect(await instances()).toHaveLength(1);
    });

    it('binds what the feed finds before the answer', async () => {
      const held = heldRun();
      const { body } = await portal.post(RUN);
      const { engineInstanceId } = engine.put({ businessKey: body.id });

      await eventually(
        () => portal.get(`/instances/${body.id}`),
        ({ body: now }) =>
          expect(now).toMatchObject({ state: 'ACTIVE', engineInstanceId }),
      );
      held.answer({ outcome: 'started', engineInstanceId });
      expect(await instances()).toHaveLength(1);
    });

    it('gives the same instance to who asks again meanwhile', async () => {
      heldRun();
      const first = await runWithKey('k', {});
      const again = await runWithKey('k', {});
      expect(again.body.id).toBe(first.body.id);
      expect(engine.runs).toHaveLength(1);
    });

    it('remembers an abort, and carries it out when the instance is known', async () => {
      const held = heldRun();
      const { body } = await portal.post(RUN);
      const abort = await portal.post(`/instances/${body.id}/abort`, {});
      expect(abort.status).toBe(202);
      expect(abort.body.abortRequestedAt).toBeDefined();
      expect(engine.calls).not.toContain('abort');

      const { engineInstanceId } = engine.put({});
      held.answer({ outcome: 'started', engineInstanceId });

      await eventually(
        () => portal.get(`/instances/${body.id}`),
        ({ body: now }) => expect(now.state).toBe('ABORTED'),
      );
      expect(engine.calls.filter(call => call === 'abort')).toHaveLength(1);
      expect(portal.audits).toContainEqual(
        expect.objectContaining({
          eventId: 'instance-abort-carry-out',
          outcome: 'succeeded',
          meta: expect.objectContaining({ requestedBy: 'user:default/mock' }),
        }),
      );
    });
  });

  describe('with an outcome that nobody knows', () => {
    beforeEach(() => start({ config: { run: { confirmWithin: 'PT0S' } } }));

    it.each([
      ['a time-out', new EngineTimeoutError('slow')],
      ['a broken answer', new EngineProtocolError('<html>')],
      ['a cut connection', new EngineUnreachableError('cut')],
      ['a reset connection', new Error('read ECONNRESET')],
    ])('never calls it failed after %s', async (_, error) => {
      engine.onRun = async () => {
        throw error;
      };
      const { status, body } = await portal.post(RUN);
      expect(status).toBe(202);

      await eventually(
        async () => {
          engine.put({ engineInstanceId: 'another' });
          return portal.get(`/instances/${body.id}`);
        },
        ({ body: now }) => expect(now.attention).toBe('unconfirmed'),
      );
      const { body: now } = await portal.get(`/instances/${body.id}`);
      expect(now.state).toBe('PENDING');
      expect(now.endReason).toBeUndefined();
    });

    it('never runs it a second time', async () => {
      engine.onRun = async () => ({ outcome: 'unknown', message: 'cut' });
      await runWithKey('k', {});
      await runWithKey('k', {});
      expect(engine.runs).toHaveLength(1);
    });
  });

  it('ends as not started when it waited to be sent and its portal ends, and can be asked for again', async () => {
    const knex = await createDatabase('SQLITE_3');
    await start({ knex, config: { run: { wait: '50ms' } } });
    const { answer } = heldRun();
    engine.refuseWaiting = () =>
      answer({
        outcome: 'refused',
        reason: 'unreachable',
        message: 'Not called: the portal is about to end',
      });
    const { status, body } = await runWithKey('once', {});
    expect(status).toBe(202);
    await portal.stop();

    await start({ knex });
    expect((await portal.get(`/instances/${body.id}`)).body).toMatchObject({
      state: 'ABORTED',
      endReason: 'not-started',
    });
    const again = await runWithKey('once', {});
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(body.id);
  });

  it('is limited for each person on his own', async () => {
    await start({ config: { limits: { runBurst: 2, runsPerMinute: 1 } } });
    const statuses = [];
    for (let i = 0; i < 3; i++) {
      statuses.push((await portal.post(RUN, {}, 'user:default/ada')).status);
    }
    expect(statuses).toEqual([201, 201, 429]);

    const refused = await portal.post(RUN, {}, 'user:default/ada');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect((await portal.post(RUN, {}, 'user:default/bob')).status).toBe(201);
  });

  it('is limited by what a person has running, until some of it ends', async () => {
    await start({ config: { limits: { unfinishedPerPrincipal: 3 } } });
    const ada = 'user:default/ada';
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => portal.post(RUN, {}, ada)),
    );
    const started = replies.filter(({ status }) => status === 201);
    const refused = replies.filter(({ status }) => status === 429);
    expect([started.length, refused.length]).toEqual([3, 5]);
    expect(engine.runs).toHaveLength(3);
    expect(refused[0].headers['retry-after']).toBeDefined();
    expect(refused[0].body.error.message).toBe(
      'You have 3 unfinished instances, as many as you may; run this when some of them have ended, or abort some.',
    );
    expect((await portal.post(RUN, {}, 'user:default/bob')).status).toBe(201);

    await portal.post(`/instances/${started[0].body.id}/abort`, {}, ada);
    expect((await portal.post(RUN, {}, ada)).status).toBe(201);
    expect((await portal.post(RUN, {}, ada)).status).toBe(429);
  });

  it('gives an earlier run again, also to who may start no more', async () => {
    await start({ config: { limits: { unfinishedPerPrincipal: 1 } } });
    const first = await runWithKey('k', {});
    expect((await runWithKey('other', {})).status).toBe(429);
    const again = await runWithKey('k', {});
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
  });
});
