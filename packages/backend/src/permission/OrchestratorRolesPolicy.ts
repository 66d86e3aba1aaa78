import {
  AuthorizeResult,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  instanceReadPermission,
  orchestratorPermissions,
  workflowReadPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Role, roleOf } from './role';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

const VIEWER = namesOf(workflowReadPermission, instanceReadPermission);
const ORCHESTRATOR = namesOf(...orchestratorPermissions);

/**
 * Gives the orchestrator's permissions by role; whoever is signed in may do
 * everything else that the portal offers.
 */
export class OrchestratorRolesPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return DENY;
    }
    if (!ORCHESTRATOR.has(permission.name)) {
      return ALLOW;
    }
    return decide(roleOf(user.info.ownershipEntityRefs), permission);
  }
}

function decide(role: Role, permission: Permission): PolicyDecision {
  switch (role) {
    case 'administrator':
      return ALLOW;
    case 'viewer':
      return VIEWER.has(permission.name) ? ALLOW : DENY;
    default:
      return DENY;
  }
}

function namesOf(...permissions: Permission[]): ReadonlySet<string> {
  return new Set(permissions.map(permission => permission.name));
}
