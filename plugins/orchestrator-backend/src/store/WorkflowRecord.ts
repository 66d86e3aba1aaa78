import { AvailabilityState } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { EngineWorkflow } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EpochMs, numberOf, textOf, timeOf } from '../database';

/** One version of a workflow. */
export interface WorkflowRecord {
  engine: string;
  id: string;
  version: string;
  revision: string;
  name: string;
  description?: string;
  hasInputSchema: boolean;
  startsByEvent: boolean;
  consumedEventTypes: string[];
  /** Undefined when the engine does not tell. */
  startingEventTypes?: string[];
  serviceUrl?: string;
  availability: AvailabilityState;
  availabilityReason?: string;
  availabilityCheckedAt?: EpochMs;
  loadedAt?: EpochMs;
  seenAt: EpochMs;
  /** Since when the engine no longer has it. */
  goneAt?: EpochMs;
}

export function workflowFromRow(row: Record<string, unknown>): WorkflowRecord {
  return {
    engine: String(row.engine),
    id: String(row.id),
    version: String(row.version),
    revision: String(row.revision),
    name: String(row.name),
    description: textOf(row.description),
    hasInputSchema: Boolean(row.has_input_schema),
    startsByEvent: Boolean(row.starts_by_event),
    consumedEventTypes: textsOf(row.consumed_event_types),
    startingEventTypes:
      row.starting_event_types === null
        ? undefined
        : textsOf(row.starting_event_types),
    serviceUrl: textOf(row.service_url),
    availability: availabilityOf(row.availability),
    availabilityReason: textOf(row.availability_reason),
    availabilityCheckedAt: numberOf(row.availability_checked_at),
    loadedAt: numberOf(row.loaded_at),
    seenAt: Number(row.seen_at),
    goneAt: numberOf(row.gone_at),
  };
}

export function workflowToRow(
  engine: string,
  workflow: EngineWorkflow,
  seenAt: EpochMs,
): Record<string, unknown> {
  return {
    engine,
    id: workflow.id,
    version: workflow.version,
    revision: workflow.revision,
    name: workflow.name,
    description: workflow.description ?? null,
    has_input_schema: workflow.hasInputSchema,
    starts_by_event: workflow.startsByEvent,
    consumed_event_types: JSON.stringify(workflow.consumedEventTypes),
    starting_event_types: workflow.startingEventTypes
      ? JSON.stringify(workflow.startingEventTypes)
      : null,
    service_url: workflow.serviceUrl ?? null,
    availability: workflow.availability.state,
    availability_reason: workflow.availability.reason ?? null,
    availability_checked_at: timeOf(workflow.availability.checkedAt) ?? null,
    loaded_at: timeOf(workflow.loadedAt) ?? null,
    seen_at: seenAt,
    gone_at: null,
  };
}

function textsOf(json: unknown): string[] {
  const texts: unknown = JSON.parse(String(json));
  return Array.isArray(texts)
    ? texts.filter(text => typeof text === 'string')
    : [];
}

function availabilityOf(value: unknown): AvailabilityState {
  return value === 'available' || value === 'unavailable' ? value : 'unknown';
}
