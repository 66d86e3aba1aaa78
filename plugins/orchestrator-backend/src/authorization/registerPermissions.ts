import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  administerPermission,
  eventSendPermission,
  orchestratorPermissions,
  RESOURCE_TYPE_INSTANCE,
  RESOURCE_TYPE_WORKFLOW,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import {
  InstanceResource,
  instanceResourceRef,
  WorkflowResource,
  workflowResourceRef,
} from './resources';
import { orchestratorInstanceRules, orchestratorWorkflowRules } from './rules';

/** Makes permissions, resource types and rules known to the portal's permission system. */
export function registerPermissions(
  registry: PermissionsRegistryService,
  load: {
    workflows(ids: string[]): Promise<(WorkflowResource | undefined)[]>;
    instances(ids: string[]): Promise<(InstanceResource | undefined)[]>;
  },
): void {
  registry.addPermissions([eventSendPermission, administerPermission]);
  registry.addResourceType({
    resourceRef: workflowResourceRef,
    permissions: orchestratorPermissions.filter(permission =>
      isResourcePermission(permission, RESOURCE_TYPE_WORKFLOW),
    ),
    rules: Object.values(orchestratorWorkflowRules),
    getResources: ids => load.workflows(ids),
  });
  registry.addResourceType({
    resourceRef: instanceResourceRef,
    permissions: orchestratorPermissions.filter(permission =>
      isResourcePermission(permission, RESOURCE_TYPE_INSTANCE),
    ),
    rules: Object.values(orchestratorInstanceRules),
    getResources: ids => load.instances(ids),
  });
}
