import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  AvailabilityState,
  Workflow,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

export interface WorkflowFilter {
  search: string;
  label: string;
  availability: AvailabilityState | '';
}

const states: AvailabilityState[] = ['available', 'unavailable', 'unknown'];

/** The filter of the workflow list; it lives in the address, so that a link shows the same list. */
export function useWorkflowFilter() {
  const [params, setParams] = useSearchParams();
  const filter = useMemo<WorkflowFilter>(
    () => ({
      search: params.get('search') ?? '',
      label: params.get('label') ?? '',
      availability:
        states.find(state => state === params.get('availability')) ?? '',
    }),
    [params],
  );
  const change = useCallback(
    (part: Partial<WorkflowFilter>) =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          for (const [key, value] of Object.entries(part)) {
            if (value) next.set(key, value);
            else next.delete(key);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return { filter, change };
}

/** Whether a workflow is meant by the filter: its id, name and description are searched. */
export function matchesFilter(
  workflow: Workflow,
  { search, label, availability }: WorkflowFilter,
): boolean {
  const text = [workflow.id, workflow.name, workflow.description ?? '']
    .join('\n')
    .toLocaleLowerCase();
  return (
    text.includes(search.trim().toLocaleLowerCase()) &&
    (label === '' || workflow.labels.includes(label)) &&
    (availability === '' || workflow.availability.state === availability)
  );
}
