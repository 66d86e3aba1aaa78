import { EngineUnreachableError } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { RecordedMetrics } from '../__testUtils__/RecordedMetrics';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { Portal, startPortal } from '../__testUtils__/startPortal';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';

describe.each(databaseIds)('the metrics on %s', databaseId => {
  let knex: Knex;
  let engine: ScriptedEngine;
  let metrics: RecordedMetrics;
  let portal: Portal;

  /** The values of one metric, by its attributes. */
  const valuesOf = async (name: string) =>
    (await metrics.collect())
      .filter(metric => metric.name === name)
      .map(({ value, attributes }) => ({ value, ...attributes }));
  const run = () => portal.post('/workflows/greet/instances', { input: {} });

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });
  beforeEach(async () => {
    await clearDatabase(knex);
    engine = new ScriptedEngine().setWorkflows({
      id: 'greet',
      consumedEventTypes: ['greeted'],
    });
    metrics = new RecordedMetrics();
    portal = await startPortal({ engine, knex, metrics: metrics.service });
    await portal.workflowsLoaded();
  });
  afterEach(() => portal.stop());
  afterAll(() => knex.destroy());

  it('count runs by what became of them', async () => {
    await run();
    engine.onRun = async () => ({
      outcome: 'failed',
      engineInstanceId: 'i-failed',
      message: 'boom',
    });
    await run();
    engine.onRun = async () => ({
      outcome: 'refused',
      reason: 'engine',
      message: 'no',
    });
    await run();
    engine.onRun = async () => ({ outcome: 'unknown', message: 'cut off' });
    await run();
    expect(await valuesOf('orchestrator.runs')).toEqual(
      ['started', 'failed', 'refused', 'unconfirmed'].map(result => ({
        value: 1,
        workflow: 'greet',
        result,
      })),
    );
  });

  it('tell how many instances have not ended', async () => {
    await run();
    await run();
    expect(await valuesOf('orchestrator.instances.unfinished')).toEqual([
      { state: 'PENDING', value: 0 },
      { state: 'ACTIVE', value: 2 },
      { state: 'SUSPENDED', value: 0 },
      { state: 'ERROR', value: 0 },
    ]);
  });

  it('tell how far the portal is behind, and whether the engine answers', async () => {
    expect(await valuesOf('orchestrator.feed.lag')).toEqual([
      { value: expect.any(Number) },
    ]);
    expect(await valuesOf('orchestrator.engine.reachable')).toEqual([
      { value: 1 },
    ]);
    engine.failure = new EngineUnreachableError('gone');
    expect(await valuesOf('orchestrator.engine.reachable')).toEqual([
      { value: 0 },
    ]);
  });

  it('tell of events that nobody took', async () => {
    engine.failure = new EngineUnreachableError('gone');
    const sent = await portal
      .post('/events', {
        specversion: '1.0',
        id: '1',
        source: 'test',
        type: 'greeted',
      })
      .set('Content-Type', 'application/cloudevents+json');
    expect(sent.status).toBe(202);
    expect(await valuesOf('orchestrator.events.undelivered')).toEqual([
      { state: 'waiting', value: 1 },
      { state: 'undeliverable', value: 0 },
    ]);
  });

  it('are not collected any more after the end', async () => {
    await portal.stop();
    expect(await valuesOf('orchestrator.instances.unfinished')).toEqual([]);
  });
});
