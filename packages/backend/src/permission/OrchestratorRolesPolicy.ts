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
  createOrchestratorInstanceConditionalDecision,
  orchestratorInstanceConditions,
} from '@open-orchestrator/backstage-plugin-orchestrator-backend';
import {
  instanceAbortPermission,
  instanceDataReadPermission,
  instanceEventSendPermission,
  instanceReadPermission,
  instanceRetryPermission,
  orchestratorPermissions,
  workflowReadPermission,
  workflowRunPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { roleOf } from './role';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** What a viewer may do with any workflow and instance. */
const LOOKING = [workflowReadPermission, instanceReadPermission];

/** What an operator may do beyond looking, with any workflow and instance. */
const RUNNING = [workflowRunPermission, instanceDataReadPermission];

/** What an operator may do with the instances that he ran himself. */
const STEERING = [
  instanceAbortPermission,
  instanceRetryPermission,
  instanceEventSendPermission,
];

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
    if (!includes(orchestratorPermissions, permission)) {
      return ALLOW;
    }
    switch (roleOf(user.info.ownershipEntityRefs)) {
      case 'administrator':
        return ALLOW;
      case 'operator':
        return decideForOperator(permission, user.info.userEntityRef);
      case 'viewer':
        return includes(LOOKING, permission) ? ALLOW : DENY;
      default:
        return DENY;
    }
  }
}

function decideForOperator(
  permission: Permission,
  userEntityRef: string,
): PolicyDecision {
  const own = STEERING.find(({ name }) => name === permission.name);
  if (own) {
    return createOrchestratorInstanceConditionalDecision(
      own,
      orchestratorInstanceConditions.isInitiator({
        initiators: [userEntityRef],
      }),
    );
  }
  return includes([...LOOKING, ...RUNNING], permission) ? ALLOW : DENY;
}

function includes(permissions: Permission[], permission: Permission): boolean {
  return permissions.some(({ name }) => name === permission.name);
}
