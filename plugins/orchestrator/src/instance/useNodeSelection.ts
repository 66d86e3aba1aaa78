import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Step } from '../steps';

/**
 * The selected step. It lives in the address, so that one can point others to it. A state of the
 * diagram stands for the last time that it was entered; one that was not reached has no step.
 */
export function useNodeSelection(steps: Step[]) {
  const [params, setParams] = useSearchParams();
  const nodeId = params.get('step') ?? undefined;
  const stateName = params.get('state') ?? undefined;
  const step =
    steps.find(({ node }) => node.id === nodeId) ??
    lastEntered(steps, stateName);

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
    step,
    stateName: step?.stateName ?? stateName,
    selectNode: useCallback((id: string) => select({ step: id }), [select]),
    selectState: useCallback(
      (name: string | undefined) =>
        select(name === undefined ? {} : { state: name }),
      [select],
    ),
    clear: useCallback(() => select({}), [select]),
  };
}

/** The outermost of the steps of a state's last visit. */
function lastEntered(steps: Step[], stateName: string | undefined) {
  if (stateName === undefined) return undefined;
  const own = steps.filter(
    step => step.stateName === stateName && !step.isTechnical,
  );
  const ids = new Set(own.map(({ node }) => node.id));
  return own
    .filter(
      ({ node: { parentNodeId } }) =>
        parentNodeId === undefined || !ids.has(parentNodeId),
    )
    .pop();
}
