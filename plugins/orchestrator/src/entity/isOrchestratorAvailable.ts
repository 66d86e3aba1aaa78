import { Entity } from '@backstage/catalog-model';
import {
  parseWorkflowsAnnotation,
  WORKFLOWS_ANNOTATION,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

/**
 * Whether an entity names workflows, by the annotation `orchestrator.io/workflows`.
 *
 * @public
 */
export function isOrchestratorAvailable(entity: Entity): boolean {
  const value = entity.metadata.annotations?.[WORKFLOWS_ANNOTATION];
  return parseWorkflowsAnnotation(value).length > 0;
}
