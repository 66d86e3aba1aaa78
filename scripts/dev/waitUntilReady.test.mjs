import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { isListening } from './isListening.mjs';
import { waitForPeople } from './waitForPeople.mjs';
import { waitUntilReady } from './waitUntilReady.mjs';

const servers = [];
after(() => servers.forEach(server => server.close()));

/** Serves the given status codes one after the other, the last one for ever. */
const serve = statuses =>
  new Promise(resolve => {
    const paths = [];
    const server = createServer((req, res) => {
      paths.push(req.url);
      res.statusCode = statuses.length > 1 ? statuses.shift() : statuses[0];
      res.end();
    });
    servers.push(server);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      resolve({ address: new URL(`http://127.0.0.1:${port}`), paths });
    });
  });

test('the portal is ready when the backend says so, not when it listens', async () => {
  const app = await serve([200]);
  const backend = await serve([503, 503, 200]);
  const ready = await waitUntilReady({
    app: app.address,
    backend: backend.address,
    say: () => {},
    signal: new AbortController().signal,
  });
  assert.equal(ready, true);
  assert.deepEqual(
    backend.paths,
    Array(3).fill('/.backstage/health/v1/readiness'),
  );
});

test('waiting ends when the portal does', async () => {
  const { address } = await serve([503]);
  const ready = await waitUntilReady({
    app: address,
    backend: address,
    say: () => {},
    signal: AbortSignal.abort(),
  });
  assert.equal(ready, false);
});

test('the portal is ready when its people can sign in', async () => {
  const { address, paths } = await serve([404, 404, 200]);
  const { signal } = new AbortController();
  await waitForPeople({ backend: address, signal });
  assert.deepEqual(paths, Array(3).fill('/api/auth/dev-user/refresh'));
});

test('a portal with other people is not waited for without end', async () => {
  const { address } = await serve([404]);
  const { signal } = new AbortController();
  await waitForPeople({ backend: address, signal, patienceMs: 1 });
});

test('a port is in use exactly while something listens there', async () => {
  const { address } = await serve([200]);
  assert.equal(await isListening(address), true);
  const closed = servers.pop();
  await new Promise(resolve => closed.close(resolve));
  assert.equal(await isListening(address), false);
});
