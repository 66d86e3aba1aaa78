import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useLinks } from '../useLinks';

/** The form to run the workflow of an instance once more, filled with what that one got. */
export function useRunAgainLink(instance: Instance): string {
  const links = useLinks();
  const query = new URLSearchParams({
    prefillFrom: instance.id,
    ...(instance.entityRef && { entityRef: instance.entityRef }),
  });
  return `${links.workflow(instance.workflowId, 'run')}?${query}`;
}
