import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useLinks } from '../useLinks';

/** The form to run the same version of a workflow once more, filled with what the instance got. */
export function useRunAgainLink(instance: Instance): string {
  const links = useLinks();
  const query = new URLSearchParams({
    prefillFrom: instance.id,
    ...(instance.workflowVersion && { version: instance.workflowVersion }),
    ...(instance.entityRef && { entityRef: instance.entityRef }),
  });
  return `${links.workflow(instance.workflowId, 'run')}?${query}`;
}
