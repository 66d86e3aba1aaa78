import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { devUserAuthenticator } from './devUserAuthenticator';

/**
 * Lets a developer become one of a few listed users without a password, to see
 * the portal with the eyes of each role. It refuses to work outside
 * development.
 */
export const authModuleDevUsers = createBackendModule({
  pluginId: 'auth',
  moduleId: 'dev-users',
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'dev-user',
          factory: createProxyAuthProviderFactory({
            authenticator: devUserAuthenticator,
            signInResolver: async ({ result }, context) =>
              context.signInWithCatalogUser({
                entityRef: { kind: 'User', name: result.user },
              }),
          }),
        });
      },
    });
  },
});
