import { NotFoundError } from '@backstage/errors';
import { workflowReadPermission } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  Authorizer,
  Decisions,
  OrchestratorPermission,
  refusal,
} from '../authorization';
import { CallerCredentials } from '../http';
import { StoredWorkflow, WorkflowStore } from '../store';

/** A workflow that the caller may read, with what the policy decided. */
export interface AccessedWorkflow {
  workflow: StoredWorkflow;
  decisions: Decisions;
}

/** Loads single workflows as far as the caller may know them; see `InstanceAccess`. */
export class WorkflowAccess {
  readonly #authorizer: Authorizer;
  readonly #store: WorkflowStore;

  static create(options: {
    authorizer: Authorizer;
    store: WorkflowStore;
  }): WorkflowAccess {
    return new WorkflowAccess(options.authorizer, options.store);
  }

  private constructor(authorizer: Authorizer, store: WorkflowStore) {
    this.#authorizer = authorizer;
    this.#store = store;
  }

  /**
   * A workflow to read.
   *
   * @param alsoAsk - permissions that are decided in the same request, and not required
   */
  async read(
    id: string,
    credentials: CallerCredentials,
    alsoAsk: readonly OrchestratorPermission[] = [],
  ): Promise<AccessedWorkflow> {
    const [decisions, workflow] = await Promise.all([
      this.#authorizer.decide(credentials, workflowReadPermission, ...alsoAsk),
      this.#store.find(id),
    ]);
    decisions.refuseIfDenied(workflowReadPermission);
    return readable(id, workflow, decisions);
  }

  /** A workflow to do something with. */
  async act(
    id: string,
    credentials: CallerCredentials,
    permission: OrchestratorPermission,
  ): Promise<AccessedWorkflow> {
    const [decisions, workflow] = await Promise.all([
      this.#authorizer.decide(credentials, workflowReadPermission, permission),
      this.#store.find(id),
    ]);
    decisions.refuseIfDenied(permission, workflowReadPermission);
    const accessed = readable(id, workflow, decisions);
    if (!decisions.mayWorkflow(permission, accessed.workflow)) {
      throw refusal(permission);
    }
    return accessed;
  }
}

function readable(
  id: string,
  workflow: StoredWorkflow | undefined,
  decisions: Decisions,
): AccessedWorkflow {
  if (!workflow || !decisions.mayWorkflow(workflowReadPermission, workflow)) {
    throw new NotFoundError(`There is no workflow "${id}".`);
  }
  return { workflow, decisions };
}
