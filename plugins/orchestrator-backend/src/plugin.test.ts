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
