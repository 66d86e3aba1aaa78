/** @jest-environment node */
import { parseWorkflow } from '../parse';
import {
  createWorkflowRuntime,
  Json,
  RuntimeEvent,
  WorkflowRuntime,
} from '../runtime';
import { flushPromises, ManualClock } from '../testing/ManualClock';
import { sampleProperties, sampleResources, samples } from './readSamples';
import { SampleServices } from './SampleServices';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

let services: SampleServices;
let clock: ManualClock;
let runtime: WorkflowRuntime;

beforeEach(() => {
  services = new SampleServices();
  clock = new ManualClock();
  runtime = createWorkflowRuntime({
    http: services,
    clock,
    properties: sampleProperties,
    limits: { turnMs: Infinity },
  });
  for (const { fileName, text } of samples) {
    const { workflow } = parseWorkflow(text, { fileName });
    runtime.deploy({
      workflow: workflow!,
      revision: '1',
      resources: sampleResources,
    });
  }
});

afterEach(() => runtime.stop());

async function start(workflowId: string, input: Json): Promise<string> {
  const result = await runtime.run({ workflowId, input });
  if (result.outcome === 'refused') throw new Error(result.message);
  return result.instance.id;
}

/** The state of an instance and the result that the portal shows. */
function outcomeOf(id: string) {
  const { state, data, error } = runtime.get(id)!;
  const { result } = Object(data);
  return {
    state,
    message: result?.message,
    outputs: result?.outputs,
    error: error?.message,
  };
}

async function run(workflowId: string, input: Json) {
  return outcomeOf(await start(workflowId, input));
}

function send(type: string, instanceId: string, data: Json): Promise<string[]> {
  const event: RuntimeEvent = {
    specversion: '1.0',
    id: '1',
    source: 'test',
    type,
    kogitoprocrefid: instanceId,
    data,
  };
  return runtime.sendEvent(event);
}

const output = (key: string, value: Json, format: string) => ({
  key,
  value,
  format,
});

it.each([
  ['English', 'Hello, Ada!'],
  ['German', 'Hallo, Ada!'],
  ['Spanish', 'Hola, Ada!'],
])('greeting: greets in %s', async (language, message) => {
  expect(await run('greeting', { name: 'Ada', language })).toMatchObject({
    state: 'COMPLETED',
    message,
  });
});

it('welcome-engineer: sends what its sub-workflow wrote', async () => {
  const id = await start('welcome-engineer', {
    engineer: { name: 'Ada', language: 'Spanish' },
    team: 'payments',
    startDate: '2026-02-01',
  });
  expect(outcomeOf(id)).toMatchObject({
    state: 'COMPLETED',
    message: 'Ada is welcomed.',
    outputs: [
      output('Greeting', 'Hola, Ada!', 'text'),
      output('Team', 'payments', 'text'),
    ],
  });
  expect(services.requests).toEqual([
    'POST /notifications {"team":"payments","message":"Hola, Ada! You start on 2026-02-01."}',
  ]);
  expect(runtime.get(id)!.childIds).toHaveLength(1);
});

describe('onboard-service', () => {
  const input = {
    service: { name: 'billing', tier: 'critical' },
    team: { name: 'payments' },
  };

  it('opens a ticket and waits for the decision', async () => {
    const id = await start('onboard-service', input);
    expect(runtime.get(id)).toMatchObject({
      state: 'ACTIVE',
      waits: [
        expect.objectContaining({
          kind: 'event',
          eventType: 'com.example.onboarding.decided',
        }),
      ],
    });
    expect(services.requests).toEqual([
      'POST /tickets {"title":"Onboard billing of payments","description":"","priority":"high"}',
    ]);
  });

  it('registers the service when it was approved', async () => {
    const id = await start('onboard-service', input);
    await send('com.example.onboarding.decided', id, {
      approved: true,
      by: 'Ada',
    });
    await flushPromises();
    expect(outcomeOf(id)).toMatchObject({
      state: 'COMPLETED',
      message: 'billing is registered.',
      outputs: [
        output(
          'Service',
          'http://localhost:7007/api/sample-services/services/billing',
          'link',
        ),
        output(
          'Ticket',
          'http://localhost:7007/api/sample-services/tickets/TICKET-1',
          'link',
        ),
        output('Approved by', 'Ada', 'text'),
      ],
    });
    expect(services.requests.slice(1)).toEqual([
      'POST /services {"name":"billing","team":"payments","tier":"critical"}',
      'POST /notifications {"team":"payments","message":"billing is registered. Welcome aboard!"}',
    ]);
  });

  it('says why when it was refused', async () => {
    const id = await start('onboard-service', input);
    await send('com.example.onboarding.decided', id, {
      approved: false,
      comment: 'No tests',
    });
    await flushPromises();
    expect(outcomeOf(id)).toMatchObject({
      state: 'COMPLETED',
      message: 'billing was refused.',
      outputs: [output('Reason', 'No tests', 'text'), expect.anything()],
    });
    expect(services.requests).toHaveLength(1);
  });
});

describe('incident', () => {
  const incident = (severity: string) => ({
    service: 'billing',
    summary: 'No bills',
    severity,
  });

  it('opens a ticket and pages somebody for a critical one', async () => {
    expect(await run('incident', incident('critical'))).toMatchObject({
      state: 'COMPLETED',
      message: 'The incident of billing was routed as critical.',
      outputs: [
        expect.objectContaining({ key: 'Ticket' }),
        output('On call', 'alex', 'text'),
      ],
    });
    expect([...services.requests].sort()).toEqual([
      'POST /pages {"service":"billing","summary":"No bills"}',
      'POST /tickets {"title":"Critical: No bills","description":"Service billing","priority":"high"}',
    ]);
  });

  it('opens a ticket for a high one', async () => {
    expect(await run('incident', incident('high'))).toMatchObject({
      state: 'COMPLETED',
      outputs: [expect.objectContaining({ key: 'Ticket' })],
    });
    expect(services.requests).toEqual([
      'POST /tickets {"title":"No bills","description":"Service billing","priority":"normal"}',
    ]);
  });

  it('only notes a low one', async () => {
    expect(await run('incident', incident('low'))).toMatchObject({
      state: 'COMPLETED',
      outputs: [],
    });
    expect(services.requests).toEqual([]);
  });
});

it('notify-teams: tells each team by its channel', async () => {
  const teams: Json = [
    { name: 'payments' },
    { name: 'search', channel: 'mail' },
  ];
  expect(await run('notify-teams', { message: 'Hello', teams })).toMatchObject({
    state: 'COMPLETED',
    message: '2 teams were told.',
    outputs: [
      output('payments', 'sent by chat', 'text'),
      output('search', 'sent by mail', 'text'),
    ],
  });
  expect(services.requests).toEqual([
    'POST /notifications {"team":"payments","channel":"chat","message":"Hello"}',
    'POST /notifications {"team":"search","channel":"mail","message":"Hello"}',
  ]);
});

describe('provision-environment', () => {
  it('ends with an environment and its database', async () => {
    expect(
      await run('provision-environment', { name: 'preview-7' }),
    ).toMatchObject({
      state: 'COMPLETED',
      message: 'preview-7 is ready.',
      outputs: [
        output('Environment', 'https://preview-7.example.com', 'link'),
        output('Database', 'preview-7.db.example.com', 'text'),
      ],
    });
    expect(services.requests).toEqual([
      'POST /environments {"name":"preview-7","size":"small","region":"eu-central"}',
      'POST /databases {"environment":"preview-7","engine":"postgresql"}',
      'GET /health-of/preview-7',
    ]);
  });

  it('takes both back, the last one first, when it does not come up', async () => {
    expect(
      await run('provision-environment', { name: 'broken-7' }),
    ).toMatchObject({
      state: 'COMPLETED',
      message: 'broken-7 did not come up. Everything was taken back.',
      outputs: [
        output('Environment', 'deleted', 'text'),
        output('Database', 'deleted', 'text'),
      ],
    });
    expect(services.requests.slice(2)).toEqual([
      'GET /health-of/broken-7',
      'DELETE /databases/broken-7',
      'DELETE /environments/broken-7',
    ]);
  });
});

it('cool-down: thaws after half a minute', async () => {
  const id = await start('cool-down', { service: 'billing', team: 'payments' });
  await clock.advance(29 * SECOND);
  expect(outcomeOf(id).state).toBe('ACTIVE');
  await clock.advance(SECOND);
  expect(outcomeOf(id)).toMatchObject({
    state: 'COMPLETED',
    message: 'billing may be deployed again.',
  });
  expect(services.requests).toEqual([
    'POST /notifications {"team":"payments","message":"billing is frozen: it was just deployed."}',
    'POST /notifications {"team":"payments","message":"billing may be deployed again."}',
  ]);
});

describe('check-dependency', () => {
  it('is content with one that is up', async () => {
    expect(
      await run('check-dependency', { dependency: 'billing' }),
    ).toMatchObject({
      state: 'COMPLETED',
      message: 'billing is up.',
      outputs: [output('Failed attempts', 0, 'number')],
    });
  });

  it('asks three times, then opens a ticket', async () => {
    const id = await start('check-dependency', {
      dependency: 'broken-billing',
    });
    expect(services.requests).toHaveLength(1);
    await clock.advance(10 * SECOND);
    expect(outcomeOf(id)).toMatchObject({
      state: 'COMPLETED',
      message: 'broken-billing is down.',
      outputs: [
        expect.objectContaining({ key: 'Ticket' }),
        output('Failed attempts', 3, 'number'),
      ],
    });
    expect(services.requests).toEqual([
      'GET /health-of/broken-billing',
      'GET /health-of/broken-billing',
      'GET /health-of/broken-billing',
      'POST /tickets {"title":"broken-billing is down","priority":"high"}',
    ]);
  });
});

describe('release-train', () => {
  const input = {
    release: '2.14',
    managers: 'releases',
    services: ['billing', 'search'],
  };

  it('ships when it is approved', async () => {
    const id = await start('release-train', input);
    await clock.advance(DAY);
    await send('com.example.release.approved', id, { by: 'Ada' });
    await flushPromises();
    expect(outcomeOf(id)).toMatchObject({
      state: 'COMPLETED',
      message: '2.14 has left the station.',
      outputs: [output('Approved by', 'Ada', 'text')],
    });
    expect(services.requests).toEqual([
      'POST /notifications {"team":"releases","message":"2.14 is ready with 2 services. Send it off?"}',
      'POST /notifications {"team":"billing","message":"2.14 is on its way."}',
      'POST /notifications {"team":"search","message":"2.14 is on its way."}',
    ]);
  });

  it('stays when it is held', async () => {
    const id = await start('release-train', input);
    await send('com.example.release.held', id, { reason: 'Red tests' });
    await flushPromises();
    expect(outcomeOf(id)).toMatchObject({
      state: 'COMPLETED',
      message: '2.14 is held.',
      outputs: [output('Reason', 'Red tests', 'text')],
    });
  });

  it('gives up after a week', async () => {
    const id = await start('release-train', input);
    expect(runtime.get(id)!.waits.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['event', 'timer']),
    );
    await clock.advance(7 * DAY);
    expect(outcomeOf(id)).toMatchObject({
      state: 'COMPLETED',
      message: 'Nobody decided on 2.14 within a week.',
    });
  });
});
