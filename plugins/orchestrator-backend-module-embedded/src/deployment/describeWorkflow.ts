import type { EngineWorkflow } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import type { Workflow } from '@open-orchestrator/serverless-workflow';
import { Definition } from '../definition';

/** A running definition as the port tells it. */
export function describeWorkflow(definition: Definition): EngineWorkflow {
  const { workflow, revision, loadedAt } = definition;
  return {
    id: workflow.id,
    version: workflow.version,
    revision,
    name: workflow.name,
    description: workflow.description,
    annotations: workflow.annotations,
    metadata: workflow.metadata,
    hasInputSchema: workflow.dataInputSchema !== undefined,
    startsByEvent: startsByEvent(workflow),
    consumedEventTypes: consumedEventTypes(workflow),
    availability: { state: 'available' },
    loadedAt,
  };
}

function consumedEventTypes({ events }: Workflow): string[] {
  const types = events
    .filter(({ kind }) => kind === 'consumed')
    .map(({ type, name }) => type ?? name);
  return [...new Set(types)];
}

function startsByEvent({ start, states }: Workflow): boolean {
  return states.find(({ name }) => name === start?.stateName)?.type === 'event';
}
