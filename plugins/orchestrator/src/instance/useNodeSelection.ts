import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * The selected step. It lives in the address, so that one can point others to it. A state of the
 * diagram stands for the last time that it was entered; one that was not reached has no step.
 */
export function useNodeSelection(nodes: InstanceNode[]) {
  const [params, setParams] = useSearchParams();
  const nodeId = params.get('step') ?? undefined;
  const stateName = params.get('state') ?? undefined;
  const node =
    nodes.find(({ id }) => id === nodeId) ?? lastEntered(nodes, stateName);

  const select = useCallback(
    (part: { step?: string; state?: string }) =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          next.delete('step');
          next.delete('state');
          for (const [name, value] of Object.entries(part)) {
            next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return {
    node,
    stateName,
    selectNode: useCallback((id: string) => select({ step: id }), [select]),
    selectState: useCallback(
      (name: string | undefined) =>
        select(name === undefined ? {} : { state: name }),
      [select],
    ),
    clear: useCallback(() => select({}), [select]),
  };
}

/** The outermost of the nodes of a state's last visit. */
function lastEntered(nodes: InstanceNode[], stateName: string | undefined) {
  if (stateName === undefined) return undefined;
  const own = nodes.filter(node => node.stateName === stateName);
  const ids = new Set(own.map(({ id }) => id));
  return own
    .filter(
      ({ parentNodeId }) =>
        parentNodeId === undefined || !ids.has(parentNodeId),
    )
    .pop();
}
