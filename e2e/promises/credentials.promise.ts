import { readFileSync } from 'node:fs';
import { createServer, IncomingHttpHeaders } from 'node:http';
import { CALLED_SERVICE_PORT } from './support/ports';
import { Database } from './support/Database';
import { Listener } from './support/Listener';
import { requestOrder } from './support/orders';
import { SECRETS } from './support/secrets';
import { expect, promise } from './support/promise';

const CANARIES = Object.values(SECRETS);

promise(
  'no credential gets into workflow, store, log, audit, reply or live update, whether the workflow succeeds or fails',
  { tag: '@short' },
  async ({ bed }) => {
    const service = await startCalledService();
    const listener = await Listener.connect(bed.left);
    const api = await bed.left.signIn();
    const replies: string[] = [];
    const noted = async (asked: Promise<Response>) => {
      const answer = await asked;
      const text = await answer.text();
      replies.push(
        `${answer.url} ${answer.status} ${JSON.stringify([
          ...answer.headers,
        ])} ${text}`,
      );
      return JSON.parse(text);
    };
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
    // Refusals and failures tell the most.
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

    const paths = [
      '/mode',
      '/status',
      '/workflows',
      '/workflows/promise_secret',
      '/workflows/promise_secret/definition',
      '/instances',
      '/instances/counts',
      '/events/undelivered',
      ...[good.id, bad.id].flatMap(id => [
        `/instances/${id}`,
        `/instances/${id}/nodes`,
        `/instances/${id}/data`,
      ]),
    ];
    for (const path of paths) {
      await noted(api.get(path));
    }
    replies.forEach(expectNoCanary);
    expectNoCanary(JSON.stringify(listener.heard));
    listener.close();
    const log = readFileSync(bed.left.logFile, 'utf8');
    expect(log).toContain('isAuditEvent');
    expectNoCanary(log);
    const stored = await everythingStored(bed.databases.portal);
    expect(stored).toContain(bad.id);
    expectNoCanary(stored);
    // What the workflow left in SonataFlow.
    expectNoCanary(await everythingStored(bed.databases.index));
    expectNoCanary(await everythingStored(bed.databases.first));
    expectNoCanary(readFileSync(bed.first.logFile, 'utf8'));
    expectNoCanary(readFileSync(bed.dataIndex.logFile, 'utf8'));
  },
);

function expectNoCanary(text: string) {
  for (const canary of CANARIES) {
    const at = text.indexOf(canary);
    expect(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 20)).toBe('');
  }
}

/** All rows of all tables of all schemas, as text. */
async function everythingStored(database: Database): Promise<string> {
  const tables = await database.rows<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name
     FROM information_schema.tables
     WHERE table_type = 'BASE TABLE'
       AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await database.rows<{ text: string }>(
      `SELECT each::text AS text FROM ${name} AS each`,
    );
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
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
