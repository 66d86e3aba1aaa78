import { instanceReadPermission } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  EngineNotCalledError,
  EngineUnreachableError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import {
  ALLOW,
  eventually,
  Portal,
  startPortal,
} from '../__testUtils__/startPortal';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import {
  createOrchestratorInstanceConditionalDecision,
  orchestratorInstanceConditions,
} from '../authorization';

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';

const of = (...initiators: string[]) =>
  createOrchestratorInstanceConditionalDecision(
    instanceReadPermission,
    orchestratorInstanceConditions.isInitiator({ initiators }),
  );

describe.each(databaseIds)('acting on many instances on %s', databaseId => {
  let knex: Knex;
  let engine: ScriptedEngine;
  let portal: Portal;

  /** Ada reads what she and Bob ran, and acts on her own. */
  const start = async () => {
    engine = new ScriptedEngine().setWorkflows({ id: 'greet' });
    portal = await startPortal({
      engine,
      knex,
      policy: ({ name }, user) => {
        if (user !== ADA) {
          return ALLOW;
        }
        switch (name) {
          case 'orchestrator.instance.read':
            return of(ADA, BOB);
          case 'orchestrator.instance.abort':
          case 'orchestrator.instance.retry':
            return of(ADA);
          default:
            return ALLOW;
        }
      },
    });
    await portal.workflowsLoaded();
  };

  const run = async (user: string): Promise<string> =>
    (await portal.post('/workflows/greet/instances', {}, user)).body.id;

  const bulk = (action: 'abort' | 'retry', body: unknown, user = ADA) =>
    portal.post(`/instances/bulk/${action}`, body, user);

  const stateOf = async (id: string) =>
    (await portal.get(`/instances/${id}`, 'user:default/admin')).body.state;

  const fail = async (id: string) => {
    const { body } = await portal.get(`/instances/${id}`);
    engine.put({
      engineInstanceId: body.engineInstanceId,
      state: 'ERROR',
      errorMessage: 'no route',
    });
    await eventually(
      () => stateOf(id),
      state => expect(state).toBe('ERROR'),
    );
  };

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });
  beforeEach(async () => {
    await clearDatabase(knex);
    await start();
  });
  afterEach(() => portal.stop());
  afterAll(() => knex.destroy());

  it('wants either ids or a filter, and knows what it is asked', async () => {
    const id = await run(ADA);
    for (const body of [
      {},
      { ids: [id], filter: {} },
      { ids: [] },
      { ids: Array.from({ length: 501 }, (_, i) => `id-${i}`) },
      { ids: ["x' or 1=1"] },
      { filter: { state: ['GONE'] } },
      { filter: { parentId: id } },
      { filter: { entityRef: '%' } },
    ]) {
      expect((await bulk('abort', body)).status).toBe(400);
    }
    expect(await stateOf(id)).toBe('ACTIVE');
  });

  it('answers for each id, and does what the caller may', async () => {
    const mine = await run(ADA);
    const ended = await run(ADA);
    await portal.post(`/instances/${ended}/abort`, {}, ADA);
    const done = await run(ADA);
    const { body: detail } = await portal.get(`/instances/${done}`);
    engine.put({
      engineInstanceId: detail.engineInstanceId,
      state: 'COMPLETED',
    });
    await eventually(
      () => stateOf(done),
      state => expect(state).toBe('COMPLETED'),
    );
    const bobs = await run(BOB);
    const hidden = await run('user:default/eve');
    portal.audits.length = 0;

    const ids = [mine, mine, ended, done, bobs, hidden, 'unknown-id'];
    const { status, body } = await bulk('abort', { ids, reason: 'cleaning' });

    expect(status).toBe(200);
    expect(body).toEqual({
      results: [
        { id: mine, outcome: 'done' },
        { id: ended, outcome: 'done' },
        {
          id: done,
          outcome: 'refused',
          message: 'The instance has ended already: it is COMPLETED.',
        },
        {
          id: bobs,
          outcome: 'refused',
          message: 'You lack the permission orchestrator.instance.abort.',
        },
        {
          id: hidden,
          outcome: 'refused',
          message: `There is no instance "${hidden}".`,
        },
        {
          id: 'unknown-id',
          outcome: 'refused',
          message: 'There is no instance "unknown-id".',
        },
      ],
      total: 1,
      more: false,
    });
    expect(await stateOf(mine)).toBe('ABORTED');
    expect(await stateOf(bobs)).toBe('ACTIVE');
    expect(await stateOf(hidden)).toBe('ACTIVE');

    const audited = portal.audits.filter(
      ({ eventId }) => eventId === 'instance-abort',
    );
    expect(
      audited.map(({ outcome, meta }) => [meta.instanceId, outcome]),
    ).toEqual(
      expect.arrayContaining([
        [mine, 'succeeded'],
        [bobs, 'failed'],
        [hidden, 'failed'],
        ['unknown-id', 'failed'],
      ]),
    );
    expect(portal.audits).toContainEqual(
      expect.objectContaining({
        eventId: 'instance-bulk-abort',
        outcome: 'succeeded',
        meta: {
          reason: 'cleaning',
          total: 1,
          outcomes: { done: 2, refused: 4 },
        },
      }),
    );
  });

  it('counts before it acts, and then acts on exactly these', async () => {
    const [first, second] = [await run(ADA), await run(ADA)];
    const bobs = await run(BOB);
    const filter = { workflowId: ['greet'], state: ['ACTIVE', 'COMPLETED'] };

    const preview = await bulk('abort', { filter, preview: true });
    expect(preview.body).toEqual({ results: [], total: 2, more: false });
    expect(await stateOf(first)).toBe('ACTIVE');

    const { body } = await bulk('abort', { filter });
    expect(body).toEqual({
      results: [first, second].map(id => ({ id, outcome: 'done' })),
      total: 2,
      more: false,
    });
    expect(await stateOf(bobs)).toBe('ACTIVE');

    const again = await bulk('abort', { filter });
    expect(again.body).toEqual({ results: [], total: 0, more: false });
  });

  it('continues failed instances', async () => {
    const [failed, active] = [await run(ADA), await run(ADA)];
    await fail(failed);
    const byFilter = await bulk('retry', { filter: {}, preview: true });
    expect(byFilter.body.total).toBe(1);

    const { body } = await bulk('retry', { ids: [failed, active] });
    expect(body.results).toEqual([
      { id: failed, outcome: 'done' },
      {
        id: active,
        outcome: 'refused',
        message: 'Only a failed instance can be retried; this one is ACTIVE.',
      },
    ]);
    const { body: detail } = await portal.get(`/instances/${failed}`);
    expect(detail).toMatchObject({ state: 'ACTIVE', retriedBy: ADA });
  });

  it('tells what could not be asked of the engine, and leaks nothing', async () => {
    const id = await run(ADA);
    engine.failure = new EngineNotCalledError('connect 10.0.0.7');
    const { status, body } = await bulk('abort', { ids: [id] });
    expect(status).toBe(200);
    expect(body.results).toEqual([
      {
        id,
        outcome: 'failed',
        message: 'The workflow engine does not answer. Try again in a moment.',
      },
    ]);
  });

  it('requests the abort that may have happened or not', async () => {
    const id = await run(ADA);
    engine.failure = new EngineUnreachableError('cut');
    const { body } = await bulk('abort', { ids: [id] });
    expect(body.results).toEqual([{ id, outcome: 'requested' }]);
  });

  it('requests the abort of what the engine has not confirmed', async () => {
    engine.onRun = async () => ({ outcome: 'unknown', message: 'cut off' });
    const id = await run(ADA);
    const { body } = await bulk('abort', { ids: [id] });
    expect(body.results).toEqual([{ id, outcome: 'requested' }]);
  });

  it('does 500 at a time, and says that there are more', async () => {
    for (let i = 0; i < 503; i++) {
      engine.put({ engineInstanceId: `many-${i}` });
    }
    const filter = { state: ['ACTIVE'] };
    await eventually(
      () => bulk('abort', { filter, preview: true }, BOB),
      ({ body }) => expect(body.total).toBe(503),
    );
    const first = await bulk('abort', { filter }, BOB);
    expect(first.body.results).toHaveLength(500);
    expect(first.body).toMatchObject({ total: 503, more: true });
    const second = await bulk('abort', { filter }, BOB);
    expect(second.body).toMatchObject({ total: 3, more: false });
    expect(second.body.results).toHaveLength(3);
  });
});
