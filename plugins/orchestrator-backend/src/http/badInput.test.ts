import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { Portal, startPortal } from '../__testUtils__/startPortal';

const RUN = '/workflows/greet/instances';

describe('bad input', () => {
  let portal: Portal;

  beforeAll(async () => {
    const engine = new ScriptedEngine().setWorkflows({ id: 'greet' });
    portal = await startPortal({
      engine,
      config: {
        limits: { bodyBytes: 20_000, bodyDepth: 50, bodyValues: 1_000 },
      },
    });
    await portal.workflowsLoaded();
  });

  afterAll(() => portal.stop());

  it.each([
    [
      'an unknown parameter',
      '/instances?colour=red',
      "Unknown query parameter 'colour'",
    ],
    [
      'an unknown state',
      '/instances?state=RUNNING',
      'state/0 must be equal to one of',
    ],
    [
      'a sort key that is not offered',
      '/instances?sort=-initiator',
      'sort must be equal to one of',
    ],
    ['too large a page', '/instances?limit=101', 'limit must be <= 100'],
    ['no number', '/instances?limit=ten', 'limit must be integer'],
    [
      'a negative offset',
      '/instances/x/nodes?offset=-1',
      'offset must be >= 0',
    ],
    [
      'a time that is none',
      '/instances?createdAfter=yesterday',
      'createdAfter must match format',
    ],
    [
      'an entity that is none',
      '/instances?entityRef=payments',
      'entityRef must be an entity ref',
    ],
    [
      'a cursor that was not given out',
      '/instances?cursor=abc',
      'cursor is not one that this API gave out',
    ],
    [
      'a cursor that is too long',
      `/instances?cursor=${'a'.repeat(1001)}`,
      'cursor must NOT have more than',
    ],
    [
      'an id that can’t be one',
      '/instances/a.b',
      'instanceId must match pattern',
    ],
    [
      'a path in place of an id',
      '/workflows/..%2F..%2Fetc%2Fpasswd',
      'workflowId must match pattern',
    ],
    [
      'an empty workflow id in a filter',
      '/instances?workflowId=,',
      'workflowId/0',
    ],
    ['a NUL in an id', '/instances/a%00b', 'instanceId must match pattern'],
    ['a path that can’t be decoded', '/instances/%', 'path is not encoded'],
  ])('%s is refused', async (_, path, message) => {
    const { status, body } = await portal.get(path);
    expect(body.error.message).toContain(message);
    expect(body.error.name).toBe('InputError');
    expect(status).toBe(400);
  });

  it.each([
    ['a body that is no JSON', '{"input": ', 400, 'not valid JSON'],
    ['an empty body', '', 400, 'not valid JSON'],
    ['a body that is no object', '[1]', 400, 'must be object'],
    [
      'an input that is no object',
      '{"input": [1]}',
      400,
      'input must be object',
    ],
    [
      'a member that does not exist',
      '{"initiator": "user:default/eve"}',
      400,
      'initiator must NOT have additional',
    ],
    [
      'a reference that is too long',
      `{"reference": "${'x'.repeat(201)}"}`,
      400,
      'reference must NOT have more than 200',
    ],
    [
      'a body that is too large',
      `{"input": {"a": "${'x'.repeat(20_000)}"}}`,
      413,
      'larger than 20000 bytes',
    ],
    [
      'a body that is too deep',
      `{"input": {"a": ${'['.repeat(50)}${']'.repeat(50)}}}`,
      400,
      'deeper than 50 levels',
    ],
    [
      'a body with too many values',
      `{"input": {"a": [${'1,'.repeat(1_000)}1]}}`,
      400,
      'more than 1000 values',
    ],
  ])('%s is refused', async (_, text, status, message) => {
    const answer = await portal.post(RUN, text);
    expect(answer.body.error.message).toContain(message);
    expect(answer.status).toBe(status);
  });

  it('tells where in the input something is wrong', async () => {
    const { body } = await portal.post(RUN, { input: 5 });
    expect(body.error.details).toEqual([
      { path: '', message: 'input must be object' },
    ]);
  });

  it('a body of another type is refused', async () => {
    const { status, body } = await portal
      .post(RUN)
      .set('Content-Type', 'text/plain')
      .send('input=1');
    expect(status).toBe(415);
    expect(body.error.message).toContain('application/json');
  });

  it('an idempotency key that is too long is refused', async () => {
    const { status } = await portal
      .post(RUN)
      .set('Idempotency-Key', 'k'.repeat(201));
    expect(status).toBe(400);
  });

  it('leaves an audit event that is closed as failed', async () => {
    portal.audits.length = 0;
    await portal.post(RUN, '{"input": ');
    expect(portal.audits).toEqual([
      expect.objectContaining({ eventId: 'workflow-run', outcome: 'failed' }),
    ]);
  });

  it('tells nothing of the portal’s insides', async () => {
    const { body } = await portal.get('/instances?limit=ten');
    expect(Object.keys(body)).toEqual(['error', 'request', 'response']);
    expect(JSON.stringify(body)).not.toMatch(/stack|node_modules|\.ts/);
  });

  it('a member called __proto__ stays data', async () => {
    const { status } = await portal.post(
      RUN,
      '{"input": {"__proto__": {"polluted": true}}}',
    );
    expect(status).toBe(201);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
