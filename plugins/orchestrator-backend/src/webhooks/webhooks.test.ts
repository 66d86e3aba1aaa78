import { createHash, createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { eventually, Portal, startPortal } from '../__testUtils__/startPortal';

const SECRET = 'canary-of-the-webhook';
const PUSH = { ref: 'refs/heads/main', repository: { full_name: 'acme/pay' } };

const hex = (text: string, secret = SECRET) =>
  createHmac('sha256', secret).update(text).digest('hex');

const event = (fields: Record<string, unknown> = {}) => ({
  specversion: '1.0',
  id: 'e1',
  source: '/shop',
  type: 'order.placed',
  data: { amount: 7 },
  ...fields,
});

describe('webhooks', () => {
  let portal: Portal;
  let engine: ScriptedEngine;

  beforeAll(async () => {
    engine = new ScriptedEngine().setWorkflows({
      id: 'build',
      startsByEvent: true,
      consumedEventTypes: [
        'com.github.push',
        'com.github.release',
        'order.placed',
        'gitlab.push',
      ],
    });
    portal = await startPortal({
      engine,
      config: {
        limits: { bodyBytes: 10_000, runBurst: 60 },
        webhooks: [
          {
            source: 'scm',
            secret: SECRET,
            previousSecret: 'canary-of-yesterday',
            types: ['com.github.push', 'com.github.unwanted'],
            event: {
              type: { header: 'X-GitHub-Event', prefix: 'com.github.' },
              subject: { pointer: '/repository/full_name' },
            },
          },
          {
            source: 'lab',
            secret: SECRET,
            signature: { kind: 'token' },
            types: ['gitlab.push'],
            event: {
              type: { value: 'gitlab.push' },
              id: { pointer: '/checkout_sha' },
              source: 'https://gitlab.example.com',
            },
          },
          {
            source: 'shop',
            secret: SECRET,
            signature: { kind: 'timestamped', prefix: 'v1=' },
            types: ['order.placed'],
          },
        ],
      },
    });
    await portal.workflowsLoaded();
  });

  beforeEach(() => {
    engine.sent.length = 0;
    portal.audits.length = 0;
  });

  afterAll(() => portal.stop());

  const post = (
    source: string,
    body: string,
    headers: Record<string, string> = {},
  ) =>
    portal
      .anonymously('post', `/webhooks/${source}`)
      .set({ 'Content-Type': 'application/json', ...headers })
      .send(body);

  /** As GitHub sends it. */
  const push = (
    payload: object = PUSH,
    headers: Record<string, string> = {},
  ) => {
    const body = JSON.stringify(payload);
    return post('scm', body, {
      'X-GitHub-Event': 'push',
      'X-Hub-Signature-256': `sha256=${hex(body)}`,
      ...headers,
    });
  };

  const shop = (
    payload: object,
    seconds = Math.floor(Date.now() / 1000),
    headers: Record<string, string> = {},
  ) => {
    const body = JSON.stringify(payload);
    return post('shop', body, {
      'Content-Type': 'application/cloudevents+json',
      'X-Signature-Timestamp': String(seconds),
      'X-Signature': `v1=${hex(`${seconds}.${body}`)}`,
      ...headers,
    });
  };

  const isEmpty = async () => {
    const { body } = await portal.get('/events/undelivered');
    expect({ sent: engine.sent, waiting: body.items }).toEqual({
      sent: [],
      waiting: [],
    });
  };

  describe('are refused alike, with 401,', () => {
    const body = JSON.stringify(PUSH);
    it.each([
      ['from an unknown source', () => post('nobody', body)],
      ['from a property of every object', () => post('constructor', body)],
      ['unsigned', () => post('scm', body, { 'X-GitHub-Event': 'push' })],
      [
        'signed with another secret',
        () =>
          push(PUSH, {
            'X-Hub-Signature-256': `sha256=${hex(body, 'another')}`,
          }),
      ],
      [
        'signed over another body',
        () => push(PUSH, { 'X-Hub-Signature-256': `sha256=${hex('{}')}` }),
      ],
      [
        'with the bare digest',
        () => push(PUSH, { 'X-Hub-Signature-256': hex(body) }),
      ],
      [
        'signed for another source',
        () =>
          post('lab', body, { 'X-Hub-Signature-256': `sha256=${hex(body)}` }),
      ],
      [
        'with a part of the token',
        () => post('lab', body, { 'X-Gitlab-Token': SECRET.slice(0, -1) }),
      ],
      ['signed an hour ago', () => shop(event(), Date.now() / 1000 - 3600)],
      [
        'signed for an hour later',
        () => shop(event(), Math.floor(Date.now() / 1000) + 3600),
      ],
      [
        'with a time that was not signed',
        () =>
          shop(event(), undefined, {
            'X-Signature-Timestamp': String(Math.floor(Date.now() / 1000) - 1),
          }),
      ],
    ])('%s', async (_name, send) => {
      const reply = await send();
      expect(reply.status).toBe(401);
      expect(reply.body.error).toEqual({
        name: 'AuthenticationError',
        message: 'The signature is missing or wrong.',
      });
      await isEmpty();
      expect(portal.audits[0]).toMatchObject({
        eventId: 'webhook-receive',
        severityLevel: 'medium',
        outcome: 'failed',
      });
    });
  });

  it('read no credentials of the portal', async () => {
    const foreign = { Authorization: 'Bearer of-another-system' };
    const reply = await push({ ...PUSH, after: 'foreign' }, foreign);
    expect(reply.status).toBe(202);
    const elsewhere = await portal
      .anonymously('post', '/events')
      .set(foreign)
      .send({});
    expect(elsewhere.status).toBe(401);
  });

  it('are refused when they are compressed: what was signed is what was sent', async () => {
    const body = JSON.stringify(PUSH);
    const reply = await portal
      .anonymously('post', '/webhooks/scm')
      .set({
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
        'X-GitHub-Event': 'push',
        'X-Hub-Signature-256': `sha256=${hex(body)}`,
      })
      .serialize(bytes => bytes)
      .send(gzipSync(body) as never);
    expect(reply.status).toBe(415);
  });

  it('are refused when they are too large, signed or not', async () => {
    const reply = await push({ ref: 'x'.repeat(10_000) });
    expect(reply.status).toBe(413);
    await isEmpty();
  });

  it.each([
    [
      'a type that a workflow wants and the operator did not permit',
      { 'X-GitHub-Event': 'release' },
      'Events of type "com.github.release" are not taken from "scm".',
    ],
    [
      'a permitted type that nobody wants',
      { 'X-GitHub-Event': 'unwanted' },
      'No deployed workflow consumes events of type "com.github.unwanted".',
    ],
  ])('say so when they bring %s', async (_name, headers, message) => {
    const { status, body } = await push(PUSH, headers);
    expect(status).toBe(422);
    expect(body.error.message).toBe(message);
    await isEmpty();
  });

  it.each([
    ['lack what their event is made of', () => push({ ref: 'x' })],
    [
      'steer the engine',
      () => shop(event({ kogitoprocrefid: 'of-somebody-else' })),
    ],
    [
      'hold no event',
      () => shop(event(), undefined, { 'Content-Type': 'application/json' }),
    ],
    ['hold half an event', () => shop({ specversion: '1.0', type: 'x' })],
  ])('are refused when they %s', async (_name, send) => {
    expect((await send()).status).toBe(400);
    await isEmpty();
  });

  it('become an event of the form that the operator set', async () => {
    const { status, body } = await push();
    expect(status).toBe(202);
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        eventId: createHash('sha256')
          .update(JSON.stringify(PUSH))
          .digest('hex'),
        source: '/webhooks/scm',
        duplicate: false,
      },
    ]);
    await eventually(
      async () => engine.sent,
      sent =>
        expect(sent).toEqual([
          {
            event: {
              specversion: '1.0',
              id: body.items[0].eventId,
              source: '/webhooks/scm',
              type: 'com.github.push',
              subject: 'acme/pay',
              datacontenttype: 'application/json',
              data: PUSH,
            },
            target: { kind: 'workflow', workflowId: 'build' },
          },
        ]),
    );
    expect(portal.audits).toContainEqual(
      expect.objectContaining({
        eventId: 'webhook-receive',
        outcome: 'succeeded',
        meta: expect.objectContaining({
          source: 'scm',
          eventType: 'com.github.push',
        }),
      }),
    );
  });

  it('count once when they are replayed, whatever their headers say', async () => {
    const payload = { ...PUSH, after: 'replayed' };
    await push(payload);
    const again = await push(payload, { 'X-GitHub-Delivery': 'another' });
    expect(again.body.items[0].duplicate).toBe(true);

    await shop(event({ id: 'replayed' }));
    const shopAgain = await shop(event({ id: 'replayed' }));
    expect(shopAgain.body.items[0].duplicate).toBe(true);
    await eventually(
      async () => engine.sent.length,
      count => expect(count).toBe(2),
    );
  });

  it('may still be signed with the secret before the present one', async () => {
    const body = JSON.stringify({ ...PUSH, after: 'rotation' });
    const { status } = await push(JSON.parse(body), {
      'X-Hub-Signature-256': `sha256=${hex(body, 'canary-of-yesterday')}`,
    });
    expect(status).toBe(202);
  });

  it('may prove themselves by a token', async () => {
    const body = JSON.stringify({ checkout_sha: 'abc', project: {} });
    const reply = await post('lab', body, { 'X-Gitlab-Token': SECRET });
    expect(reply.status).toBe(202);
    expect(reply.body.items[0]).toMatchObject({
      eventId: 'abc',
      source: 'https://gitlab.example.com',
    });
  });

  it('are slowed down when they come too quickly', async () => {
    const slow = await startPortal({
      engine,
      config: {
        limits: { runBurst: 2, runsPerMinute: 1 },
        webhooks: [
          {
            source: 'lab',
            secret: SECRET,
            signature: { kind: 'token' },
            types: ['gitlab.push'],
            event: { type: { value: 'gitlab.push' } },
          },
        ],
      },
    });
    await slow.workflowsLoaded();
    const replies = [];
    for (const after of ['a', 'b', 'c']) {
      replies.push(
        await slow
          .anonymously('post', '/webhooks/lab')
          .set({ 'X-Gitlab-Token': SECRET })
          .send({ after }),
      );
    }
    await slow.stop();
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).not.toHaveLength(0);
    expect(refused[0].headers['retry-after']).toBeDefined();
  });

  it('never let a secret out', async () => {
    const replies = [
      await post('lab', '{', { 'X-Gitlab-Token': SECRET }),
      await portal.get('/status'),
      await portal.get('/events/undelivered'),
    ];
    const told = JSON.stringify([
      replies.map(({ body }) => body),
      portal.audits,
    ]);
    expect(told).not.toContain('canary');
  });
});
