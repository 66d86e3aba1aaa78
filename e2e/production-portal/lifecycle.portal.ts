import { request as sendRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { Database } from '../promises/support/Database';
import { FIRST_PORT, SECOND_REPLICA_PORT } from './support/ports';
import { expect, portalTest } from './support/portalTest';
import { ProductionPortal } from './support/ProductionPortal';
import { expectSignedIn, signIn, tokenOf } from './support/signIn';
import { startRefused } from './support/startRefused';

portalTest(
  'a replica that is asked to end finishes what it was asked for, and another one takes over before',
  async ({ bed, browser }) => {
    const database = await Database.create(`production_replicas_${FIRST_PORT}`);
    const replica = (name: string, port: number) =>
      ProductionPortal.create({
        name,
        port,
        database,
        // Nothing listens there: reading is tried nevertheless, under the lease.
        engine: { engine: 'sonataflow', dataIndexUrl: 'http://localhost:1' },
        environment: bed.identityProvider.environment,
      });
    const ending = replica('ending-replica', FIRST_PORT);
    const staying = replica('staying-replica', SECOND_REPLICA_PORT);
    await bed.portal.kill();
    await ending.start();
    await expect.poll(() => holder(database)).toBe(ending.pid);
    await staying.start();

    const page = await browser.newPage({ baseURL: ending.url });
    await signIn(page, 'olga');
    // A page that listens for changes keeps a connection open.
    await expectSignedIn(page);
    const asked = beginRun(ending.url, await tokenOf(page));
    const ended = ending.stop();
    await expect.poll(() => holder(database)).toBe(staying.pid);
    await expect
      .poll(async () => (await readiness(ending.url)).status)
      .toBe(503);
    // Answered from the database: there is no such workflow.
    expect((await asked.finish()).status).toBe(404);
    expect(await ended).toBe(0);

    await page.close();
    expect(await staying.stop()).toBe(0);
    await database.drop();
    await bed.portal.start();
  },
);

portalTest(
  'a portal in production refuses to start with a sign-in without passwords',
  async () => {
    const { code, output } = await startRefused(
      ['--config', 'app-config.yaml'],
      { APP_CONFIG_backend_listen_port: String(FIRST_PORT + 3) },
    );
    expect(output).toContain('auth.providers.dev-user');
    expect(code).toBe(1);
  },
);

/** The process that has the lease of the feed, told as `host/pid/…`. */
async function holder(database: Database): Promise<number | undefined> {
  const [lease] = await database.rows<{ holder: string }>(
    `SELECT holder FROM orchestrator.lease WHERE name = 'feed:sonataflow'`,
  );
  return lease && Number(lease.holder.split('/').at(-2));
}

function readiness(url: string) {
  return fetch(`${url}/.backstage/health/v1/readiness`);
}

/** Sends the first half of a request. */
function beginRun(url: string, token: string) {
  const body = JSON.stringify({ input: {} });
  const request = sendRequest(
    `${url}/api/orchestrator/workflows/nowhere/instances`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': body.length,
      },
    },
  );
  const answered = new Promise<{ status?: number; body: string }>(
    (resolve, reject) => {
      request.once('error', reject);
      request.once('response', async response =>
        resolve({ status: response.statusCode, body: await text(response) }),
      );
    },
  );
  request.write(body.slice(0, 4));
  return {
    finish: () => {
      request.end(body.slice(4));
      return answered;
    },
  };
}
