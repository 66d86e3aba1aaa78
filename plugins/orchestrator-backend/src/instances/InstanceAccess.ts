import { NotFoundError } from '@backstage/errors';
import { instanceReadPermission } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  Authorizer,
  Decisions,
  InstanceResource,
  OrchestratorPermission,
  refusal,
} from '../authorization';
import { CallerCredentials } from '../http';
import { Viewers } from '../live';
import { InstanceRecord, InstanceStore } from '../store';

/** An instance that the caller may read, with what the policy decided. */
export interface AccessedInstance {
  record: InstanceRecord;
  resource: InstanceResource;
  decisions: Decisions;
}

/**
 * Loads single instances as far as the caller may know them: who is denied outright learns nothing
 * of an id; what he may not read under a condition looks like an unknown one.
 */
export class InstanceAccess {
  readonly #authorizer: Authorizer;
  readonly #store: InstanceStore;
  readonly #viewers: Viewers;

  static create(options: {
    authorizer: Authorizer;
    store: InstanceStore;
    viewers: Viewers;
  }): InstanceAccess {
    return new InstanceAccess(
      options.authorizer,
      options.store,
      options.viewers,
    );
  }

  private constructor(
    authorizer: Authorizer,
    store: InstanceStore,
    viewers: Viewers,
  ) {
    this.#authorizer = authorizer;
    this.#store = store;
    this.#viewers = viewers;
  }

  /**
   * An instance to read.
   *
   * @param alsoAsk - permissions that are decided in the same request, and not required
   */
  async read(
    id: string,
    credentials: CallerCredentials,
    alsoAsk: readonly OrchestratorPermission[] = [],
  ): Promise<AccessedInstance> {
    const [decisions, record] = await Promise.all([
      this.#authorizer.decide(credentials, instanceReadPermission, ...alsoAsk),
      this.#store.find(id),
    ]);
    decisions.refuseIfDenied(instanceReadPermission);
    return this.#readable(id, record, credentials, decisions);
  }

  /** An instance to act on, or to read more of than its summary; all permissions are required. */
  async act(
    id: string,
    credentials: CallerCredentials,
    ...permissions: OrchestratorPermission[]
  ): Promise<AccessedInstance> {
    const [decisions, record] = await Promise.all([
      this.#authorizer.decide(
        credentials,
        instanceReadPermission,
        ...permissions,
      ),
      this.#store.find(id),
    ]);
    decisions.refuseIfDenied(...permissions, instanceReadPermission);
    const instance = await this.#readable(id, record, credentials, decisions);
    const lacking = permissions.find(
      permission => !decisions.mayInstance(permission, instance.resource),
    );
    if (lacking) {
      throw refusal(lacking);
    }
    return instance;
  }

  async #readable(
    id: string,
    record: InstanceRecord | undefined,
    { principal }: CallerCredentials,
    decisions: Decisions,
  ): Promise<AccessedInstance> {
    const [resource] = record ? await this.#store.resources([record]) : [];
    if (
      !record ||
      !resource ||
      !decisions.mayInstance(instanceReadPermission, resource)
    ) {
      throw new NotFoundError(`There is no instance "${id}".`);
    }
    if (principal.type === 'user') {
      this.#viewers.add(record.id, principal.userEntityRef);
    }
    return { record, resource, decisions };
  }
}
