import {
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { Portal, startPortal } from './__testUtils__/startPortal';
import { ScriptedEngine } from './__testUtils__/ScriptedEngine';

describe('orchestrator backend', () => {
  let portal: Portal;

  beforeEach(async () => {
    const engine = new ScriptedEngine().setWorkflows({
      id: 'greet',
      name: 'Greet',
    });
    portal = await (await startPortal({ engine })).workflowsLoaded();
  });

  afterEach(() => portal.stop());

  it('runs a workflow, shows the instance and aborts it', async () => {
    const run = await portal.post('/workflows/greet/instances', {
      input: { name: 'Ada' },
      reference: 'order-1',
    });

    expect(run.body).toMatchObject({
      workflowId: 'greet',
      workflowName: 'Greet',
      state: 'ACTIVE',
      reference: 'order-1',
      initiator: 'user:default/mock',
    });
    expect(run.status).toBe(201);

    const list = await portal.get('/instances');
    expect(list.body.items).toEqual([
      expect.objectContaining({ id: run.body.id }),
    ]);

    const detail = await portal.get(`/instances/${run.body.id}`);
    expect(detail.body).toMatchObject({
      id: run.body.id,
      allowed: { abort: { allowed: true } },
    });

    const abort = await portal.post(`/instances/${run.body.id}/abort`, {
      reason: 'a mistake',
    });
    expect(abort.body).toMatchObject({
      state: 'ABORTED',
      endReason: 'aborted',
      abortedBy: 'user:default/mock',
      abortReason: 'a mistake',
    });
    expect(abort.status).toBe(200);
  });
});

describe('a portal that starts', () => {
  it('is told of changes by the orchestrator when all of it is there, the events backend too', async () => {
    const happened: string[] = [];
    const note = (what: string) => async () => {
      happened.push(what);
    };
    const engine = new ScriptedEngine().setWorkflows({ id: 'greet' });
    const engineIsUp = new Promise<void>(resolve => {
      engine.start = async () => resolve();
    });
    const portal = await startPortal({
      engine,
      features: [
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => ({
            subscribe: note('subscribed'),
            publish: note('published'),
          }),
        }),
        // Depends on nothing, and is slower than the orchestrator.
        createBackendPlugin({
          pluginId: 'slow',
          register: reg =>
            reg.registerInit({
              deps: {},
              init: async () => {
                await engineIsUp;
                happened.push('all there');
              },
            }),
        }),
      ],
    });
    await portal.workflowsLoaded();
    await portal.post('/workflows/greet/instances', { input: {} });

    expect(happened[0]).toBe('all there');
    expect(happened).toContain('subscribed');
    await portal.stop();
  });
});
