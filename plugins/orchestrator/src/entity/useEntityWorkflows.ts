import { useEntity } from '@backstage/plugin-catalog-react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  parseWorkflowsAnnotation,
  WORKFLOWS_ANNOTATION,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useMemo } from 'react';
import { useWorkflows } from '../api';

/** The workflows that the entity of the page names, as far as the viewer may see them. */
export function useEntityWorkflows() {
  const { entity } = useEntity();
  const annotation = entity.metadata.annotations?.[WORKFLOWS_ANNOTATION];
  const ids = useMemo(() => parseWorkflowsAnnotation(annotation), [annotation]);
  const query = useWorkflows();
  const workflows = query.data?.items.filter(({ id }) => ids.includes(id));
  return { entityRef: stringifyEntityRef(entity), ids, query, workflows };
}
