import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { SamplePlatform } from './SamplePlatform';
import { createRouter } from './router';

/**
 * The make-believe services that the sample workflows call, as
 * workflows/specs/sample-services.yaml describes them. For development only:
 * they ask for no credentials.
 */
export const sampleServicesPlugin = createBackendPlugin({
  pluginId: 'sample-services',
  register(env) {
    env.registerInit({
      deps: {
        discovery: coreServices.discovery,
        httpRouter: coreServices.httpRouter,
      },
      async init({ discovery, httpRouter }) {
        const baseUrl = await discovery.getExternalBaseUrl('sample-services');
        httpRouter.use(createRouter(SamplePlatform.create({ baseUrl })));
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});
