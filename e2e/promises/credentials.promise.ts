import { readFileSync } from 'node:fs';
import { createServer, IncomingHttpHeaders } from 'node:http';
import { PortalApi } from '../support/PortalApi';
import { expectNoSecret } from './support/expectNoSecret';
import { GuardedPortal } from './support/GuardedPortal';
import { CALLED_SERVICE_PORT } from './support/ports';
import { Listener } from './support/Listener';
import { requestOrder } from './support/orders';
import { Replica } from './support/Replica';
import { Replies } from './support/Replies';
import { PROXY_USER, SECRETS } from './support/secrets';
import { expect, promise } from './support/promise';
import { until } from './support/until';

const ARRIVED = 'promise.parcel.arrived';

const CLOUD_EVENT = { 'content-type': 'application/cloudevents+json' };

promise(
  'no credential gets into workflow, store, log, audit, reply or live update, whether the workflow succeeds or fails',
  { tag: '@short' },
  async ({ bed }) => {
    await bed.bothUp();
    const service = await startCalledService();
    const listener = await Listener.connect(bed.left);
    const api = await bed.left.signIn();
    const replies = new Replies();
    const noted = (asked: Promise<Response>) => replies.note(asked);
    const runPath = '/workflows/promise_secret/instances';

    const good = await noted(api.post(runPath, { input: {} }));
    await expect
      .poll(async () => (await bed.left.instance(good.id)).state)
      .toBe('COMPLETED');
    service.fail();
    const bad = await noted(api.post(runPath, { input: {} }));
    await expect
      .poll(async () => (await bed.left.instance(bad.id)).state)
      .toBe('ERROR');
    await service.stop();
    const hook = (token: string) => noted(sendWebhook(bed.left, token));
    await until(
      'the webhook is taken',
      async () => (await hook(SECRETS.webhookSecret)).items,
    );
    // Refusals and failures tell the most.
    expect((await hook(`${SECRETS.webhookSecret}!`)).error).toBeTruthy();
    await noted(api.post(`/instances/${bad.id}/retry`, {}));
    bed.indexProxy.spoil({ status: 500, body: 'boom' });
    await noted(api.post(runPath, { input: {} }));
    await noted(api.get(`/instances/${bad.id}/data`));
    await noted(api.get('/status'));
    bed.indexProxy.heal();
    bed.secondProxy.spoil({ status: 401, body: '{}' });
    await noted(requestOrder(api, { version: '2.0' }));
    bed.secondProxy.heal();

    // It proves something only since those who shall get the credentials do.
    expect(service.headers[0]['x-api-key']).toBe(SECRETS.workflowSecret);
    expect([...bed.indexProxy.authorizations]).toEqual([
      `Bearer ${SECRETS.dataIndexToken}`,
    ]);
    expect([...bed.secondProxy.authorizations]).toContain(
      `Bearer ${SECRETS.serviceToken}`,
    );

    for (const replica of [bed.left, bed.right]) {
      await readAll(await replica.signIn(), [good.id, bad.id], replies);
    }
    replies.texts.forEach(text => expectNoSecret(text));
    expectNoSecret(JSON.stringify(listener.heard));
    listener.close();
    expect(readFileSync(bed.left.logFile, 'utf8')).toContain('isAuditEvent');
    const { portal, ...ofSonataFlow } = bed.databases;
    const stored = await portal.everything();
    expect(stored).toContain(bad.id);
    expectNoSecret(stored);
    for (const database of Object.values(ofSonataFlow)) {
      expectNoSecret(await database.everything());
    }
    for (const { logFile } of [
      ...[bed.left, bed.right],
      ...[bed.first, bed.second, bed.dataIndex],
    ]) {
      expectNoSecret(readFileSync(logFile, 'utf8'));
    }
  },
);

promise(
  'nor do those of proxy, client certificate and sink, whether they open the way or not',
  { tag: '@full' },
  async ({ bed }) => {
    const guarded = await GuardedPortal.create(bed);
    try {
      await expectGuarded(guarded);
    } finally {
      await guarded.end();
    }
  },
);

async function expectGuarded(guarded: GuardedPortal): Promise<void> {
  const { replica, proxy, index, sink, database, clientKey } = guarded;
  await replica.start();
  await until('the portal can run orders', async () => {
    const { availability } = await replica.workflow('promise_order');
    return availability.state === 'available';
  });
  const api = await replica.signIn();
  const replies = new Replies();
  const order = await replies.note(requestOrder(api));
  await expect
    .poll(async () => (await replica.instance(order.id)).waitingFor)
    .toBe('event promise.order.delivered');
  const send = (id: string) =>
    replies.note(api.post('/events', eventOf(id), CLOUD_EVENT));
  const undelivered = async () =>
    (await replies.note(api.get('/events/undelivered'))).items;
  sink.spoil({ status: 202, body: '{}' });
  // A portal that has just started does not know yet for whom it is.
  await until('the event is taken', async () => (await send('taken')).items);
  await expect.poll(() => sink.spoiled).toHaveLength(1);
  await expect.poll(undelivered).toEqual([]);

  sink.spoil({ status: 401, body: '{"message":"token expired"}' });
  await send('refused');
  await expect.poll(undelivered).toMatchObject([{ eventId: 'refused' }]);
  await expect
    .poll(async () => (await undelivered())[0].lastError)
    .toBeTruthy();
  index.spoil({ status: 401, body: '{"message":"who are you?"}' });
  await readAll(api, [order.id], replies);
  index.heal();
  proxy.isShut = true;
  await readAll(api, [order.id], replies);
  await replies.note(requestOrder(api));
  await replies.note(api.post(`/instances/${order.id}/abort`, {}));

  expect(index.passed).not.toEqual([]);
  expect([...sink.authorizations]).toEqual([`Bearer ${SECRETS.sinkToken}`]);
  const basic = Buffer.from(`${PROXY_USER}:${SECRETS.proxyPassword}`);
  expect([...proxy.authorizations]).toEqual([
    `Basic ${basic.toString('base64')}`,
  ]);
  // A line of the key gives it away as well, however its end is written.
  const lines = clientKey.split(/\s+/).filter(({ length }) => length === 64);
  expect(lines.length).toBeGreaterThan(10);
  const log = readFileSync(replica.logFile, 'utf8');
  for (const text of [...replies.texts, log, await database.everything()]) {
    expectNoSecret(text, lines);
  }
}

function eventOf(id: string) {
  return { specversion: '1.0', id, source: '/credentials', type: ARRIVED };
}

/** The sender shows a token, and has no Backstage credentials. */
function sendWebhook({ url }: Replica, token: string): Promise<Response> {
  return fetch(`${url}/api/orchestrator/webhooks/promises`, {
    method: 'POST',
    headers: { ...CLOUD_EVENT, 'x-gitlab-token': token },
    body: JSON.stringify({ ...eventOf(`hook-${Date.now()}`), data: {} }),
  });
}

/** Asks for everything that can be read of instances. */
async function readAll(
  api: PortalApi,
  ids: string[],
  replies: Replies,
): Promise<void> {
  const paths = [
    '/mode',
    '/status',
    '/workflows',
    '/workflows/promise_secret',
    '/workflows/promise_secret/definition',
    '/instances',
    '/instances/counts',
    '/events/undelivered',
    ...ids.flatMap(id => [
      `/instances/${id}`,
      `/instances/${id}/nodes`,
      `/instances/${id}/data`,
    ]),
  ];
  for (const path of paths) {
    await replies.note(api.get(path));
  }
}

/** The service that the workflow calls with its secret. */
async function startCalledService() {
  const headers: IncomingHttpHeaders[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    headers.push(request.headers);
    response.writeHead(status, { 'content-type': 'application/json' });
    // A failing service may well say what it was asked with.
    const { 'x-api-key': key } = request.headers;
    response.end(
      JSON.stringify(status === 200 ? { isWell: true } : { refused: key }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(CALLED_SERVICE_PORT, '127.0.0.1', resolve);
  });
  return {
    headers,
    fail: () => {
      status = 500;
    },
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}
