import { Progress } from '@backstage/core-components';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { lazy, Suspense, useMemo } from 'react';
import { useInstanceNodes, useWorkflowDefinition } from '../api';
import { Loaded } from '../layout';
import { isUnfinished } from '../states';

const DefinitionView = lazy(() => import('../workflow/DefinitionView'));

/** The definition as this instance runs it, with its way drawn in. */
export function DefinitionTab({ instance }: { instance: InstanceDetail }) {
  const { workflowId, workflowVersion, revision, state } = instance;
  const definition = useWorkflowDefinition(workflowId, {
    version: workflowVersion,
    revision,
  });
  const nodes = useInstanceNodes(instance.id, isUnfinished(state));
  const live = useMemo(
    () => nodes.data && { state, nodes: nodes.data.items },
    [state, nodes.data],
  );
  return (
    <Loaded query={definition}>
      {loaded => (
        <Suspense fallback={<Progress />}>
          <DefinitionView definition={loaded} live={live} />
        </Suspense>
      )}
    </Loaded>
  );
}
