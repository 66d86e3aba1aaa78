import { createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { OrchestratorRolesPolicy } from './OrchestratorRolesPolicy';

/** The permission policy of this portal. */
export const permissionModuleOrchestratorRoles = createBackendModule({
  pluginId: 'permission',
  moduleId: 'orchestrator-roles',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new OrchestratorRolesPolicy());
      },
    });
  },
});
