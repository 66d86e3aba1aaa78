import {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  PermissionCriteria,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_INSTANCE,
  RESOURCE_TYPE_WORKFLOW,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { CallerCredentials } from '../http';
import { DecisionMemory } from './DecisionMemory';
import {
  InstanceFilter,
  InstanceResource,
  instanceResourceRef,
  WorkflowFilter,
  WorkflowResource,
  workflowResourceRef,
} from './resources';

/** @public */
export type OrchestratorPermission = ResourcePermission<
  typeof RESOURCE_TYPE_INSTANCE | typeof RESOURCE_TYPE_WORKFLOW
>;

/** The rows that a caller may see: all of them, none, or those that meet the criteria. */
export type Scope<Filter> =
  | { rows: 'all' }
  | { rows: 'none' }
  | { rows: 'some'; criteria: PermissionCriteria<Filter> };

export type InstanceScope = Scope<InstanceFilter>;
export type WorkflowScope = Scope<WorkflowFilter>;

/** What the policy decided for one caller, asked in one request. */
export interface Decisions {
  /** @throws NotAllowedError when one of the permissions is denied whatever the resource */
  refuseIfDenied(...permissions: OrchestratorPermission[]): void;
  mayInstance(
    permission: OrchestratorPermission,
    instance: InstanceResource,
  ): boolean;
  mayWorkflow(
    permission: OrchestratorPermission,
    workflow: WorkflowResource,
  ): boolean;
  instanceScope(permission: OrchestratorPermission): InstanceScope;
  workflowScope(permission: OrchestratorPermission): WorkflowScope;
}

/** Asks the portal's policy, and applies its conditions to rows and to queries alike. */
export class Authorizer {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #memory: DecisionMemory;

  static create(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    memory: DecisionMemory;
  }): Authorizer {
    return new Authorizer(options);
  }

  private constructor(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    memory: DecisionMemory;
  }) {
    this.#permissions = options.permissions;
    this.#registry = options.permissionsRegistry;
    this.#memory = options.memory;
  }

  /** @throws NotAllowedError */
  async requireBasic(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw refusal(permission);
    }
  }

  /** Asks for several permissions at once; nothing is refused yet. */
  async decide(
    credentials: CallerCredentials,
    ...permissions: OrchestratorPermission[]
  ): Promise<Decisions> {
    const answers = await this.#memory.decide(credentials, permissions, asked =>
      this.#permissions.authorizeConditional(
        asked.map(permission => ({ permission })),
        { credentials },
      ),
    );
    const byName = new Map(
      permissions.map((permission, i) => [permission.name, answers[i]]),
    );
    const decisionOf = ({ name }: OrchestratorPermission): PolicyDecision =>
      byName.get(name) ?? { result: AuthorizeResult.DENY };

    const instanceRules =
      this.#registry.getPermissionRuleset(instanceResourceRef);
    const workflowRules =
      this.#registry.getPermissionRuleset(workflowResourceRef);
    const instanceAllowed = createConditionAuthorizer(instanceRules);
    const workflowAllowed = createConditionAuthorizer(workflowRules);

    return {
      refuseIfDenied(...needed) {
        for (const permission of needed) {
          if (decisionOf(permission).result === AuthorizeResult.DENY) {
            throw refusal(permission);
          }
        }
      },
      mayInstance: (permission, instance) =>
        instanceAllowed(decisionOf(permission), instance),
      mayWorkflow: (permission, workflow) =>
        workflowAllowed(decisionOf(permission), workflow),
      instanceScope: permission =>
        scopeOf(
          decisionOf(permission),
          createConditionTransformer<InstanceFilter>(instanceRules),
        ),
      workflowScope: permission =>
        scopeOf(
          decisionOf(permission),
          createConditionTransformer<WorkflowFilter>(workflowRules),
        ),
    };
  }
}

/** The error for a permission that the caller lacks. */
export function refusal(permission: { name: string }): NotAllowedError {
  return new NotAllowedError(`You lack the permission ${permission.name}.`);
}

function scopeOf<Filter>(
  decision: PolicyDecision,
  transform: ReturnType<typeof createConditionTransformer<Filter>>,
): Scope<Filter> {
  switch (decision.result) {
    case AuthorizeResult.ALLOW:
      return { rows: 'all' };
    case AuthorizeResult.CONDITIONAL:
      return { rows: 'some', criteria: transform(decision.conditions) };
    default:
      return { rows: 'none' };
  }
}
