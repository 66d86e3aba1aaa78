import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { openDoors } from './openDoors';

/** Keeps a portal from starting that would let strangers in. Not for development. */
export const authModuleGuard = createBackendModule({
  pluginId: 'auth',
  moduleId: 'guard',
  register(reg) {
    reg.registerInit({
      deps: { config: coreServices.rootConfig },
      async init({ config }) {
        const doors = openDoors(config);
        if (doors.length > 0) {
          throw new InputError(
            `Outside development a portal must not start like this. ${doors.join(
              ' ',
            )}`,
          );
        }
      },
    });
  },
});
