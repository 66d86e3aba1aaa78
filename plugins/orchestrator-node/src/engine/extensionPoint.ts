import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { WorkflowEngine } from './WorkflowEngine';

/** Where engine modules register themselves. @public */
export interface OrchestratorEngineExtensionPoint {
  /**
   * Adds an engine. `orchestrator.engine` picks the one that is used; the others are never started.
   *
   * @throws Error when an engine with the same id is registered already
   */
  addEngine(engine: WorkflowEngine): void;
}

/** @public */
export const orchestratorEngineExtensionPoint =
  createExtensionPoint<OrchestratorEngineExtensionPoint>({
    id: 'orchestrator.engine',
  });
