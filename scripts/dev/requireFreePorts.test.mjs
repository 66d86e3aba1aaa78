import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { freePorts } from '../test/freePort.mjs';
import { requireFreePorts } from './requireFreePorts.mjs';

const server = createServer();
let taken;
let free;
before(async () => {
  const [port] = await freePorts(1);
  free = new URL(`http://127.0.0.1:${port}`);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  taken = new URL(`http://127.0.0.1:${server.address().port}`);
});
after(() => server.close());

test('ports that nobody listens on will do', async () => {
  await requireFreePorts({ app: free, backend: free });
});

for (const what of ['app', 'backend']) {
  test(`a port that is taken is named, and that the ${what} needs it`, async () => {
    await assert.rejects(
      requireFreePorts({ app: free, backend: free, [what]: taken }),
      new RegExp(`^Error: Port ${taken.port} is in use, and the ${what} needs`),
    );
  });
}

test('nothing is built for a portal that could not start', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../devProduction.mjs')],
    {
      cwd: resolve(import.meta.dirname, '../..'),
      encoding: 'utf8',
      // Nor is there anything to build with.
      env: { PATH: '', APP_CONFIG_app_baseUrl: taken.href },
    },
  );
  assert.match(stderr, new RegExp(`Port ${taken.port} is in use`));
  assert.equal(status, 1);
});
