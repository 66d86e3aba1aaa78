import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { authModuleGuard } from './authModuleGuard';

const start = (providers: Record<string, object | null>) =>
  startTestBackend({
    features: [
      authPlugin,
      authModuleGuard,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          auth: { providers },
        },
      }),
    ],
  });

describe('authModuleGuard', () => {
  it('keeps a portal from starting that signs people in without a password', async () => {
    await expect(start({ guest: {} })).rejects.toThrow(
      /auth\.providers\.guest signs people in without a password/,
    );
  });

  it('lets any other portal start', async () => {
    await expect(start({ guest: null })).resolves.toBeDefined();
  });
});
