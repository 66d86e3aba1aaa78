import {
  Authorizer,
  DecisionMemory,
  registerPermissions,
} from '../authorization';
import { InstanceAccess } from '../instances';
import { ChangePublisher, Viewers } from '../live';
import { EntityOwners } from '../ownership';
import { WorkflowAccess } from '../workflows';
import { Stores } from './createStores';
import { OrchestratorOptions } from './OrchestratorOptions';

/** Who may see and do what, and who is told that something changed. */
export type Access = ReturnType<typeof createAccess>;

export function createAccess(options: OrchestratorOptions, stores: Stores) {
  const { permissionsRegistry, settings } = options;
  const { instances, workflows } = stores;
  registerPermissions(permissionsRegistry, {
    workflows: ids => workflows.resources(ids),
    instances: ids => instances.resourcesOf(ids),
  });
  const authorizer = Authorizer.create({
    ...options,
    memory: DecisionMemory.create({ rememberMs: settings.rememberDecisionsMs }),
  });
  const viewers = Viewers.create();
  return {
    authorizer,
    instances: InstanceAccess.create({ authorizer, store: instances, viewers }),
    workflows: WorkflowAccess.create({ authorizer, store: workflows }),
    owners: EntityOwners.create(options),
    publisher: ChangePublisher.create({ ...options, viewers }),
  };
}
