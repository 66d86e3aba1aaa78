import {
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  administerPermission,
  eventSendPermission,
  instanceAbortPermission,
  instanceDataReadPermission,
  instanceEventSendPermission,
  instanceReadPermission,
  instanceRetryPermission,
  openApiDocument,
  workflowReadPermission,
  workflowRunPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import {
  ALLOW,
  DENY,
  Method,
  Portal,
  startPortal,
} from '../__testUtils__/startPortal';
import {
  createOrchestratorInstanceConditionalDecision,
  createOrchestratorWorkflowConditionalDecision,
  orchestratorInstanceConditions,
  orchestratorWorkflowConditions,
} from './rules';

/** Each route with the permission that guards it, and the audit event that it leaves. */
const ROUTES: Route[] = [
  [
    'listWorkflows',
    'get',
    '/workflows',
    workflowReadPermission,
    'workflow-list',
  ],
  [
    'getWorkflow',
    'get',
    '/workflows/greet',
    workflowReadPermission,
    'workflow-get',
  ],
  [
    'getWorkflowDefinition',
    'get',
    '/workflows/greet/definition',
    workflowReadPermission,
    'workflow-definition-get',
  ],
  [
    'getWorkflowInputSchema',
    'get',
    '/workflows/greet/input-schema',
    workflowReadPermission,
    'workflow-input-schema-get',
  ],
  [
    'runWorkflow',
    'post',
    '/workflows/greet/instances',
    workflowRunPermission,
    'workflow-run',
  ],
  [
    'listInstances',
    'get',
    '/instances',
    instanceReadPermission,
    'instance-list',
  ],
  [
    'countInstances',
    'get',
    '/instances/counts',
    instanceReadPermission,
    'instance-count',
  ],
  [
    'getInstance',
    'get',
    '/instances/{id}',
    instanceReadPermission,
    'instance-get',
  ],
  [
    'listInstanceNodes',
    'get',
    '/instances/{id}/nodes',
    instanceReadPermission,
    'instance-nodes-list',
  ],
  [
    'getInstanceData',
    'get',
    '/instances/{id}/data',
    instanceDataReadPermission,
    'instance-data-get',
  ],
  [
    'abortInstance',
    'post',
    '/instances/{id}/abort',
    instanceAbortPermission,
    'instance-abort',
  ],
  [
    'retryInstance',
    'post',
    '/instances/{id}/retry',
    instanceRetryPermission,
    'instance-retry',
  ],
  [
    'sendInstanceEvent',
    'post',
    '/instances/{id}/events',
    instanceEventSendPermission,
    'instance-event-send',
  ],
  [
    'skipInstanceNode',
    'post',
    '/instances/{id}/skip',
    instanceRetryPermission,
    'instance-skip',
  ],
  [
    'retriggerInstanceNode',
    'post',
    '/instances/{id}/nodes/n/retrigger',
    instanceRetryPermission,
    'instance-node-retrigger',
  ],
  [
    'rescheduleInstanceTimer',
    'post',
    '/instances/{id}/timers/t/reschedule',
    instanceEventSendPermission,
    'instance-timer-reschedule',
  ],
  [
    'updateInstanceData',
    'patch',
    '/instances/{id}/data',
    instanceRetryPermission,
    'instance-data-update',
  ],
  ['sendEvents', 'post', '/events', eventSendPermission, 'event-send'],
  [
    'listUndeliveredEvents',
    'get',
    '/events/undelivered',
    administerPermission,
    'event-undelivered-list',
  ],
  [
    'redeliverEvent',
    'post',
    '/events/unknown/redeliver',
    eventSendPermission,
    'event-redeliver',
  ],
  [
    'abortInstances',
    'post',
    '/instances/bulk/abort',
    instanceAbortPermission,
    'instance-bulk-abort',
  ],
  [
    'retryInstances',
    'post',
    '/instances/bulk/retry',
    instanceRetryPermission,
    'instance-bulk-retry',
  ],
  // Needs a signature instead; its own tests show that.
  ['receiveWebhook', 'post', '/webhooks/unknown', undefined, 'webhook-receive'],
  ['getMode', 'get', '/mode', undefined, 'mode-get'],
  [
    'getDeployment',
    'get',
    '/deployment',
    administerPermission,
    'deployment-get',
  ],
  ['getStatus', 'get', '/status', administerPermission, 'status-get'],
];

/** What is sent where an empty object is no request. */
const BODIES: Record<string, unknown> = {
  sendInstanceEvent: { type: 'approval' },
  rescheduleInstanceTimer: { at: '2030-01-01T00:00:00Z' },
  updateInstanceData: { data: {} },
  abortInstances: { filter: {}, preview: true },
  retryInstances: { filter: {}, preview: true },
  sendEvents: {
    specversion: '1.0',
    id: 'e1',
    source: '/shop',
    type: 'order.placed',
  },
};

type Route = [
  operationId: string,
  method: Method,
  path: string,
  permission: Permission | undefined,
  eventId: string,
];

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';

const onlyMine: PolicyDecision = createOrchestratorInstanceConditionalDecision(
  instanceReadPermission,
  orchestratorInstanceConditions.isInitiator({ initiators: [ADA] }),
);

const onlyOther: PolicyDecision = createOrchestratorWorkflowConditionalDecision(
  workflowReadPermission,
  orchestratorWorkflowConditions.hasWorkflowId({ workflowIds: ['other'] }),
);

describe('permissions', () => {
  let portal: Portal;
  let engine: ScriptedEngine;
  /** Decisions that differ from "allowed", by the name of the permission. */
  let decisions: Record<string, PolicyDecision>;
  /** An instance that Ada ran, and that waits. */
  let mine: string;
  /** An instance that failed, and that nobody ran. */
  let foreign: string;

  beforeAll(async () => {
    engine = new ScriptedEngine().withEverything().setWorkflows(
      { id: 'greet' },
      {
        id: 'other',
        startsByEvent: true,
        consumedEventTypes: ['order.placed'],
      },
    );
    portal = await startPortal({
      engine,
      // Each test runs two workflows.
      config: { limits: { runBurst: 10_000 } },
      policy: ({ name }) => decisions[name] ?? ALLOW,
    });
    decisions = {};
    await portal.workflowsLoaded();
  });

  beforeEach(async () => {
    decisions = {};
    engine.onRun = async ({ businessKey }) => {
      const { engineInstanceId } = engine.put({
        businessKey,
        data: { secret: 'of the workflow' },
        nodes: [
          {
            id: 'n',
            name: 'Ask',
            type: 'event',
            status: 'waiting',
            enter: '2026-01-01T00:00:00.000Z',
            input: { secret: 'of the node' },
          },
        ],
        waits: [{ kind: 'event', eventType: 'approval' }],
      });
      return { outcome: 'started', engineInstanceId };
    };
    mine = (await portal.post('/workflows/greet/instances', {}, ADA)).body.id;
    engine.onRun = async () => ({
      outcome: 'failed',
      engineInstanceId: engine.put({ state: 'ERROR' }).engineInstanceId,
      message: 'no route',
    });
    foreign = (await portal.post('/workflows/greet/instances', {}, BOB)).body
      .id;
    portal.audits.length = 0;
  });

  afterAll(() => portal.stop());

  const send = ([operationId, method, path]: Route, id: string, user = ADA) =>
    method === 'get'
      ? portal.get(path.replace('{id}', id), user)
      : portal
          .send(method, path.replace('{id}', id), BODIES[operationId], user)
          .set(
            'Content-Type',
            operationId === 'sendEvents'
              ? 'application/cloudevents+json'
              : 'application/json',
          );

  it('are tested for every operation of the API', () => {
    const operations = Object.values(openApiDocument.paths).flatMap(methods =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(ROUTES.map(([operationId]) => operationId).sort()).toEqual(
      operations.sort(),
    );
  });

  describe.each(ROUTES)('%s', (...route) => {
    const [operationId, method, path, permission, eventId] = route;
    const isAboutInstance = path.includes('{id}');

    it('answers nobody who is not signed in', async () => {
      const { status } = await portal.anonymously(
        method,
        path.replace('{id}', mine),
      );
      expect(status).toBe(401);
    });

    it('leaves a closed audit event', async () => {
      await send(route, mine);
      expect(portal.audits).toEqual([
        expect.objectContaining({
          eventId,
          severityLevel: method === 'get' ? 'low' : 'medium',
          outcome: expect.stringMatching(/succeeded|failed/),
          meta: expect.objectContaining(
            isAboutInstance ? { instanceId: mine } : {},
          ),
        }),
      ]);
    });

    if (permission) {
      it('is refused outright when the policy denies it, and audited', async () => {
        decisions[permission.name] = DENY;
        for (const id of isAboutInstance ? [mine, 'unknown-id'] : [mine]) {
          const { status, body } = await send(route, id);
          expect(status).toBe(403);
          expect(body.error).toEqual({
            name: 'NotAllowedError',
            message: `You lack the permission ${permission.name}.`,
          });
        }
        expect(portal.audits.map(audit => audit.outcome)).not.toContain(
          'succeeded',
        );
      });
    }

    if (isAboutInstance) {
      it('is refused outright when the policy denies all reading', async () => {
        decisions[instanceReadPermission.name] = DENY;
        expect((await send(route, mine)).status).toBe(403);
      });

      it('shows an instance that the caller may not read as an unknown one', async () => {
        decisions[instanceReadPermission.name] = onlyMine;
        const hidden = await send(route, foreign);
        const unknown = await send(route, 'unknown-id');
        expect(hidden.status).toBe(404);
        expect(unknown.status).toBe(404);
        expect(hidden.body.error.message).toBe(
          unknown.body.error.message.replace('unknown-id', foreign),
        );
        expect(Object.keys(hidden.body.error)).toEqual(
          Object.keys(unknown.body.error),
        );
      });

      if (permission !== instanceReadPermission && permission) {
        it('says so when the caller may read the instance, but not do this', async () => {
          decisions[permission.name] = onlyMine;
          const { status, body } = await send(route, foreign);
          expect(status).toBe(403);
          expect(body.error.message).toContain(permission.name);
        });
      }
    }

    if (path.startsWith('/workflows/greet')) {
      it('shows a workflow that the caller may not read as an unknown one', async () => {
        decisions[workflowReadPermission.name] = onlyOther;
        const { status, body } = await send(route, mine);
        expect(status).toBe(404);
        expect(body.error.message).toBe('There is no workflow "greet".');
      });
    }

    it(`is open to who may (${operationId})`, async () => {
      decisions[instanceReadPermission.name] = onlyMine;
      const expected: Record<string, number[]> = {
        runWorkflow: [201],
        retryInstance: [409],
        skipInstanceNode: [409],
        rescheduleInstanceTimer: [409],
        sendEvents: [202],
        redeliverEvent: [404],
        receiveWebhook: [401],
        sendInstanceEvent: [202],
        getDeployment: [404],
      };
      const { status } = await send(route, mine);
      expect(expected[operationId] ?? [200]).toContain(status);
    });
  });

  it('hide what they hide from lists, counts and statistics alike', async () => {
    decisions[instanceReadPermission.name] = onlyMine;
    const { createdAt } = (await portal.get(`/instances/${mine}`, ADA)).body;
    const since = `createdAfter=${createdAt}`;
    const list = await portal.get(`/instances?limit=100&${since}`, ADA);
    const recent = await portal.get(`/instances/counts?${since}`, ADA);
    const counts = await portal.get('/instances/counts', ADA);
    const workflow = await portal.get('/workflows/greet', ADA);

    expect(
      list.body.items.every(
        ({ initiator }: { initiator: string }) => initiator === ADA,
      ),
    ).toBe(true);
    expect(list.body.items.length).toBeGreaterThan(0);
    expect(recent.body.total).toBe(list.body.items.length);
    expect(workflow.body.statistics.total).toBe(counts.body.total);
  });

  it('leave the list of workflows without statistics when instances are denied', async () => {
    decisions[instanceReadPermission.name] = DENY;
    const { body } = await portal.get('/workflows', ADA);
    expect(body.items).toHaveLength(2);
    expect(body.items[0].statistics).toEqual({
      counts: {},
      total: 0,
      recent: [],
      perDay: [],
    });
  });

  it('list only the workflows that the caller may read', async () => {
    decisions[workflowReadPermission.name] = onlyOther;
    const { body } = await portal.get('/workflows', ADA);
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(['other']);
  });

  it('let the caller run only the workflows of the condition', async () => {
    decisions[workflowRunPermission.name] =
      createOrchestratorWorkflowConditionalDecision(
        workflowRunPermission,
        orchestratorWorkflowConditions.hasWorkflowId({
          workflowIds: ['greet'],
        }),
      );
    const run = (id: string) =>
      portal.post(`/workflows/${id}/instances`, {}, ADA);
    const mayRun = async (id: string) =>
      (await portal.get(`/workflows/${id}`, ADA)).body.allowed.run;

    const runs = engine.runs.length;
    const { status, body } = await run('other');
    expect(status).toBe(403);
    expect(body.error.message).toContain(workflowRunPermission.name);
    expect(engine.runs).toHaveLength(runs);
    expect(await mayRun('other')).toMatchObject({
      allowed: false,
      cause: 'permission',
    });

    expect((await run('greet')).status).toBe(201);
    expect(await mayRun('greet')).toEqual({ allowed: true });
  });

  it('show nodes without their data to who may not read it', async () => {
    const open = await portal.get(`/instances/${mine}/nodes`, ADA);
    expect(open.body).toMatchObject({
      dataVisible: true,
      items: [{ input: { secret: 'of the node' } }],
    });

    decisions[instanceDataReadPermission.name] = DENY;
    const closed = await portal.get(`/instances/${mine}/nodes`, ADA);
    expect(closed.body.dataVisible).toBe(false);
    expect(closed.body.items[0].name).toBe('Ask');
    expect(JSON.stringify(closed.body)).not.toContain('secret');
    const detail = await portal.get(`/instances/${mine}`, ADA);
    expect(JSON.stringify(detail.body)).not.toContain('secret');
  });

  it('guard the input of an instance that a form is filled from', async () => {
    const path = `/workflows/greet/input-schema?prefillFrom=${foreign}`;
    expect((await portal.get(path, ADA)).status).toBe(200);

    decisions[instanceDataReadPermission.name] = onlyMine;
    expect((await portal.get(path, ADA)).status).toBe(403);
    decisions[instanceReadPermission.name] = onlyMine;
    expect((await portal.get(path, ADA)).status).toBe(404);
  });

  it('are told with an instance: what may be done, and why not', async () => {
    decisions[instanceAbortPermission.name] = onlyMine;
    decisions[workflowRunPermission.name] = DENY;
    const { body } = await portal.get(`/instances/${foreign}`, ADA);
    expect(body.allowed).toEqual({
      abort: {
        allowed: false,
        cause: 'permission',
        reason: 'You lack the permission orchestrator.instance.abort.',
      },
      retry: { allowed: true },
      skip: { allowed: true },
      retriggerNode: { allowed: true },
      rescheduleTimer: {
        allowed: false,
        cause: 'state',
        reason: 'The instance waits for no timer that can be rescheduled.',
      },
      updateData: { allowed: true },
      sendEvent: {
        allowed: false,
        cause: 'state',
        reason: 'The instance waits for no event.',
      },
      readData: { allowed: true },
      runAgain: {
        allowed: false,
        cause: 'permission',
        reason: 'You lack the permission orchestrator.workflow.run.',
      },
    });
  });

  it('guard changes of data like the reading of it', async () => {
    const path = `/instances/${foreign}/data`;
    const change = () => portal.send('patch', path, { data: {} }, ADA);
    expect((await change()).status).toBe(200);

    decisions[instanceDataReadPermission.name] = onlyMine;
    const { status, body } = await change();
    expect(status).toBe(403);
    expect(body.error.message).toContain(instanceDataReadPermission.name);
    const detail = await portal.get(`/instances/${foreign}`, ADA);
    expect(detail.body.allowed.updateData).toMatchObject({
      allowed: false,
      cause: 'permission',
    });

    decisions[instanceDataReadPermission.name] = DENY;
    expect((await change()).status).toBe(403);
  });

  it('let a service do what it is asked to', async () => {
    decisions[workflowReadPermission.name] = DENY;
    const { status } = await portal.asService('get', '/workflows');
    expect(status).toBe(200);
  });
});
