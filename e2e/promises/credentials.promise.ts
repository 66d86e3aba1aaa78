import { readFileSync } from 'node:fs';
import { createServer, IncomingHttpHeaders } from 'node:http';
import { CALLED_SERVICE_PORT } from './support/ports';
import { Bed } from './support/Bed';
import { SECRETS } from './support/secrets';
import { expect, promise } from './support/promise';

const CANARIES = Object.values(SECRETS);

promise(
  'no credential gets into the store, a log or a reply, whether the workflow succeeds or fails',
  { tag: '@short' },
  async ({ bed }) => {
    const service = await startCalledService();
    const api = await bed.left.signIn();
    const good = await api.run('promise_secret', {});
    await expect
      .poll(async () => (await bed.left.instance(good)).state)
      .toBe('COMPLETED');
    expect(service.headers.at(-1)?.['x-api-key']).toBe(SECRETS.workflowSecret);
    service.fail();
    const bad = await (
      await api.post('/workflows/promise_secret/instances', { input: {} })
    ).json();
    await expect
      .poll(async () => (await bed.left.instance(bad.id)).state)
      .toBe('ERROR');
    await service.stop();
    await api.post(`/instances/${bad.id}/retry`, {});
    // Refusals and failures tell the most.
    bed.indexProxy.spoil({ status: 500, body: 'boom' });
    await api.post('/workflows/promise_secret/instances', { input: {} });
    bed.indexProxy.heal();

    const replies = await Promise.all(
      [
        '/mode',
        '/status',
        '/workflows',
        '/workflows/promise_secret',
        '/workflows/promise_secret/definition',
        '/instances',
        ...[good, bad.id].flatMap(id => [
          `/instances/${id}`,
          `/instances/${id}/nodes`,
          `/instances/${id}/data`,
        ]),
      ].map(async path => {
        const answer = await api.get(path);
        return `${path} ${answer.status} ${await answer.text()}`;
      }),
    );
    for (const reply of replies) {
      expectNoCanary(reply);
    }
    expectNoCanary(await everythingStored(bed));
    expectNoCanary(readFileSync(bed.left.logFile, 'utf8'));
  },
);

function expectNoCanary(text: string) {
  for (const canary of CANARIES) {
    const at = text.indexOf(canary);
    expect(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 20)).toBe('');
  }
}

/** All rows of all tables of all plugins of the portal, as text. */
async function everythingStored(bed: Bed): Promise<string> {
  const database = bed.databases.portal;
  const tables = await database.rows<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name
     FROM information_schema.tables
     WHERE table_type = 'BASE TABLE'
       AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.map(({ name }) => name)).toContain('orchestrator.instance');
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
    response.end('{"isWell":true}');
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
