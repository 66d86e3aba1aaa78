import {
  EngineNotCalledError,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
  InstanceNotFoundError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { eventually, Portal, startPortal } from '../__testUtils__/startPortal';
import { createDatabase } from '../__testUtils__/testDatabases';

describe('acting on an instance', () => {
  let portal: Portal;
  let engine: ScriptedEngine;
  let id: string;

  beforeEach(async () => {
    engine = new ScriptedEngine().setWorkflows({ id: 'greet' });
    portal = await (await startPortal({ engine })).workflowsLoaded();
    ({
      body: { id },
    } = await portal.post('/workflows/greet/instances', {}));
  });

  afterEach(() => portal.stop());

  const engineId = async () =>
    (await portal.get(`/instances/${id}`)).body.engineInstanceId as string;

  const instance = async () => (await portal.get(`/instances/${id}`)).body;

  const becomes = async (fields: Parameters<ScriptedEngine['put']>[0]) => {
    engine.put({ engineInstanceId: await engineId(), ...fields });
    await eventually(
      () => portal.get(`/instances/${id}`),
      ({ body }) => expect(body.state).toBe(fields.state ?? body.state),
    );
  };

  describe('abort', () => {
    const abort = (body = {}, user?: string) =>
      portal.post(`/instances/${id}/abort`, body, user);

    it('changes nothing when it is repeated', async () => {
      await abort({ reason: 'first' }, 'user:default/ada');
      const again = await abort({ reason: 'second' }, 'user:default/bob');

      expect(again.status).toBe(200);
      expect(again.body).toMatchObject({
        state: 'ABORTED',
        abortedBy: 'user:default/ada',
        abortReason: 'first',
      });
      expect(engine.calls.filter(call => call === 'abort')).toHaveLength(1);
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
      engine.putSilently({
        engineInstanceId: await engineId(),
        state: 'COMPLETED',
      });
      const { status, body } = await abort();
      expect(status).toBe(409);
      expect(body.error.message).toContain('COMPLETED');
    });

    it('takes over an abort that happened elsewhere', async () => {
      engine.putSilently({
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
      engine.abort = async () => {
        throw failure;
      };
      const { status, body } = await abort();
      expect(status).toBe(expected);
      expect(JSON.stringify(body)).not.toContain('ECONNREFUSED');

      const { body: now } = await portal.get(`/instances/${id}`);
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
      const succeed = engine.abort.bind(engine);
      engine.abort = async () => {
        throw failure;
      };
      const { status, body } = await abort({ reason: 'ticket 7' });
      expect(status).toBe(202);
      expect(body.abortRequestedAt).toBeDefined();
      const { body: now } = await portal.get(`/instances/${id}`);
      expect(now).toMatchObject({
        state: 'ACTIVE',
        allowed: { abort: { allowed: false, cause: 'state' } },
      });

      engine.abort = succeed;
      await eventually(
        () => portal.get(`/instances/${id}`),
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
      const succeed = engine.abort.bind(engine);
      engine.abort = async (...args) => {
        await succeed(...args);
        throw new EngineUnreachableError('cut');
      };
      expect((await abort({ reason: 'ticket 7' })).status).toBe(202);
      await eventually(
        () => portal.get(`/instances/${id}`),
        ({ body }) =>
          expect(body).toMatchObject({
            state: 'ABORTED',
            abortedBy: 'user:default/mock',
            abortReason: 'ticket 7',
          }),
      );
    });

    it('asks again at once when a person does, and keeps the first request', async () => {
      const succeed = engine.abort.bind(engine);
      engine.abort = async () => {
        throw new EngineTimeoutError('slow');
      };
      await abort({ reason: 'first' }, 'user:default/ada');
      engine.abort = succeed;
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

  describe('abort of an instance of which nobody can tell what became', () => {
    const abort = () =>
      portal.post(`/instances/${id}/abort`, { reason: 'ticket 7' });
    const marks = async () => {
      // The feed reads the engine again when something changes in it.
      engine.put({ engineInstanceId: 'another' });
      const { body } = await portal.get('/instances');
      return new Map(
        body.items.map((item: { id: string; attention?: string }) => [
          item.id,
          item.attention,
        ]),
      );
    };
    const needsAttention = (attention: string) =>
      eventually(marks, found => expect(found.get(id)).toBe(attention));
    const endsAs = (endReason: string) =>
      eventually(instance, body =>
        expect(body).toMatchObject({ state: 'ABORTED', endReason }),
      );
    const givenUp = {
      status: 200,
      body: expect.objectContaining({
        state: 'ABORTED',
        endReason: 'given-up',
        abortReason: 'ticket 7',
        endedAt: expect.any(String),
      }),
    };

    describe('since its start was never confirmed', () => {
      beforeEach(async () => {
        await portal.stop();
        portal = await (
          await startPortal({
            engine,
            config: { run: { confirmWithin: 'PT0S' } },
          })
        ).workflowsLoaded();
        engine.onRun = async () => ({ outcome: 'unknown', message: 'cut' });
      });

      const run = async () => {
        const { body } = await portal.post('/workflows/greet/instances', {});
        id = body.id;
      };

      it('closes it', async () => {
        await run();
        await needsAttention('unconfirmed');
        expect(await abort()).toMatchObject(givenUp);
      });

      it('closes it also when it was asked for before', async () => {
        await run();
        await eventually(
          async () => {
            engine.put({ engineInstanceId: 'another' });
            return (await abort()).body;
          },
          body => expect(body.endReason).toBe('given-up'),
        );
        const { abortRequestedAt, endedAt } = await instance();
        expect(Date.parse(abortRequestedAt)).toBeLessThanOrEqual(
          Date.parse(endedAt),
        );
      });

      it('is carried out when it turns up after all', async () => {
        await run();
        await needsAttention('unconfirmed');
        expect(await abort()).toMatchObject(givenUp);
        engine.put({ engineInstanceId: 'late', businessKey: id });
        await endsAs('aborted');
        expect(engine.calls).toContain('abort');
      });
    });

    describe('since the engine lost it, as who looks at it sees first', () => {
      beforeEach(async () => {
        engine.remove(await engineId());
      });

      it('says so at once, and closes it', async () => {
        expect(await instance()).toMatchObject({
          attention: 'unknown-to-engine',
          detailsGone: true,
        });
        expect(await abort()).toMatchObject(givenUp);
      });
    });

    describe('since its service lost it while the index lists it', () => {
      const listed = async (fields = {}) =>
        engine.put({ engineInstanceId: await engineId(), ...fields });
      /** Also when the feed has read what was listed before another instance. */
      const staysClosed = async () => {
        engine.put({ engineInstanceId: 'later' });
        await eventually(
          async () => (await portal.get('/instances')).body.items,
          items => expect(items).toHaveLength(3),
        );
        expect(await instance()).toMatchObject({
          state: 'ABORTED',
          endReason: 'given-up',
        });
      };
      let succeed: ScriptedEngine['abort'];

      beforeEach(async () => {
        succeed = engine.abort.bind(engine);
        engine.abort = async () => {
          throw new EngineRefusedError('The service no longer knows it.');
        };
        await listed({ attention: 'not-at-service' });
        await needsAttention('not-at-service');
      });

      it('closes it, and leaves it closed while the index lists it', async () => {
        expect(await abort()).toMatchObject(givenUp);
        await listed({ waitingFor: 'what it will never see' });
        await staysClosed();
      });

      it('is carried out when the service knows it again', async () => {
        expect(await abort()).toMatchObject(givenUp);
        engine.abort = succeed;
        await listed({ attention: undefined });
        await endsAs('aborted');
      });

      it('stays closed when another version takes its place', async () => {
        expect(await abort()).toMatchObject(givenUp);
        await listed({ attention: 'version-not-deployed' });
        await staysClosed();
      });

      describe('and a replica reads it that has not asked the service', () => {
        const asUndecided = () =>
          listed({
            attention: undefined,
            undecidedAttention: ['version-not-deployed', 'not-at-service'],
            waitingFor: 'what it will never see',
          });

        it('goes on saying so', async () => {
          await asUndecided();
          await eventually(instance, ({ waitingFor }) =>
            expect(waitingFor).toBe('what it will never see'),
          );
          expect((await instance()).attention).toBe('not-at-service');
        });

        it('stays closed', async () => {
          expect(await abort()).toMatchObject(givenUp);
          await asUndecided();
          await staysClosed();
        });

        it('is closed by who finds it missing for the first time', async () => {
          await asUndecided();
          engine.abort = async () => {
            throw new InstanceNotFoundError('No such instance');
          };
          expect(await abort()).toMatchObject(givenUp);
        });
      });
    });

    describe('since the engine lost it', () => {
      beforeEach(async () => {
        engine.remove(await engineId());
        await needsAttention('unknown-to-engine');
      });

      it('closes it', async () => {
        expect(await abort()).toMatchObject(givenUp);
        expect((await instance()).attention).toBeUndefined();
      });

      it('is carried out when it turns up after all', async () => {
        const { engineInstanceId } = await instance();
        expect(await abort()).toMatchObject(givenUp);
        engine.put({ engineInstanceId, businessKey: id });
        await endsAs('aborted');
        expect(engine.calls).toContain('abort');
      });

      it('is offered for several at once', async () => {
        const { body } = await portal.post('/instances/bulk/abort', {
          ids: [id],
        });
        expect(body.results).toEqual([{ id, outcome: 'done' }]);
        expect((await instance()).endReason).toBe('given-up');
      });
    });
  });

  describe('retry', () => {
    const retry = (body = {}) => portal.post(`/instances/${id}/retry`, body);

    it('continues a failed instance, and keeps who did it', async () => {
      await becomes({ state: 'ERROR', errorMessage: 'no route' });
      const { status, body } = await retry({ reason: 'route is there now' });

      expect(status).toBe(200);
      expect(body).toMatchObject({
        state: 'ACTIVE',
        retriedBy: 'user:default/mock',
      });
      expect(body.errorMessage).toBeUndefined();
      expect(portal.audits).toContainEqual(
        expect.objectContaining({
          eventId: 'instance-retry',
          severityLevel: 'medium',
          meta: {
            instanceId: id,
            workflowId: 'greet',
            reason: 'route is there now',
          },
        }),
      );
    });

    it('shows at once that the instance failed again', async () => {
      await becomes({ state: 'ERROR', errorMessage: 'no route' });
      engine.retry = async () => ({ errorMessage: 'still no route' });
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
          const take = engine.retry.bind(engine);
          engine.retry = async engineInstanceId => {
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
        expect(engine.calls.filter(call => call === 'retry')).toHaveLength(1);
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
        engine.put({ engineInstanceId: await engineId(), state: 'ABORTED' });
        await eventually(instance, ({ state }) =>
          expect(state).toBe('ABORTED'),
        );
        const second = await retry();
        expect(second.body.error.message).toContain('this one is ABORTED');
        answer();
        await first;
      });
    });

    it('is for failed instances only', async () => {
      const { status, body } = await retry();
      expect(status).toBe(409);
      expect(body.error.message).toContain('this one is ACTIVE');
    });

    it('passes on that the service refuses', async () => {
      await becomes({ state: 'ERROR' });
      engine.retry = async () => {
        throw new EngineRefusedError('The failed node is gone.');
      };
      const { status, body } = await retry();
      expect(status).toBe(422);
      expect(body.error.message).toBe('The failed node is gone.');
    });

    it('passes it on also when the database fails just then', async () => {
      const knex = await createDatabase('SQLITE_3');
      const other = await (
        await startPortal({ engine, knex })
      ).workflowsLoaded();
      await becomes({ state: 'ERROR' });
      const path = `/instances/${await engineId()}`;
      await eventually(
        () => other.get(path),
        ({ body }) => expect(body.state).toBe('ERROR'),
      );
      engine.retry = async () => {
        await knex.schema.renameTable('instance', 'instance_elsewhere');
        throw new EngineRefusedError('The failed node is gone.');
      };
      const { body } = await other.post(`${path}/retry`);
      expect(body.error.message).toBe('The failed node is gone.');
      await other.stop();
    });
  });

  describe('sending an event', () => {
    const send = (body: unknown) =>
      portal.post(`/instances/${id}/events`, body);

    beforeEach(() =>
      becomes({ waits: [{ kind: 'event', eventType: 'approval.decided' }] }),
    );

    it('reaches the waiting instance, with what only the server may set', async () => {
      const { status, body } = await send({
        type: 'approval.decided',
        data: { approved: true },
      });

      expect(status).toBe(202);
      const engineInstanceId = await engineId();
      expect(engine.sent).toEqual([
        {
          event: {
            specversion: '1.0',
            id: body.eventId,
            source: '/backstage/orchestrator',
            type: 'approval.decided',
            time: expect.any(String),
            datacontenttype: 'application/json',
            data: { approved: true },
            kogitoprocrefid: engineInstanceId,
          },
          target: { kind: 'instance', engineInstanceId },
        },
      ]);
    });

    it.each(['kogitoprocrefid', 'source', 'id', 'subject'])(
      'lets the caller set no %s',
      async attribute => {
        const { status } = await send({
          type: 'approval.decided',
          [attribute]: 'x',
        });
        expect(status).toBe(400);
        expect(engine.sent).toEqual([]);
      },
    );

    it('is refused for a type that the instance does not wait for', async () => {
      const { status, body } = await send({ type: 'order.cancelled' });
      expect(status).toBe(409);
      expect(body.error.message).toBe(
        'The instance does not wait for "order.cancelled" but for "approval.decided".',
      );
      expect(engine.sent).toEqual([]);
    });

    it('is refused when the instance waits no longer', async () => {
      await becomes({ state: 'COMPLETED', waits: [] });
      expect((await send({ type: 'approval.decided' })).status).toBe(409);
    });
  });
});
