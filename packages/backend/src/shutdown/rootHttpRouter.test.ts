import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { rootHttpRouter } from './rootHttpRouter';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('rootHttpRouter', () => {
  it('does not wait for requests that nobody will answer any more', async () => {
    const port = await freePort();
    const requests = new EventTarget();
    const backend = createBackend();
    backend.add(rootHttpRouter);
    backend.add(mockServices.rootLogger.factory());
    backend.add(
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: `http://localhost:${port}`,
            listen: { host: '127.0.0.1', port },
          },
        },
      }),
    );
    backend.add(
      createBackendPlugin({
        pluginId: 'endless',
        register(reg) {
          reg.registerInit({
            deps: { router: coreServices.rootHttpRouter },
            async init({ router }) {
              router.use('/endless', () =>
                requests.dispatchEvent(new Event('arrived')),
              );
            },
          });
        },
      }),
    );
    await backend.start();
    const arrived = once(requests, 'arrived');
    const asked = fetch(`http://127.0.0.1:${port}/endless`).then(
      () => 'answered',
      () => 'cut off',
    );
    await arrived;

    await backend.stop();
    expect(await asked).toBe('cut off');
  });
});
