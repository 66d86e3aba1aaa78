import {
  Allowed,
  Availability,
  Workflow,
  WorkflowStatistics,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { isoTime } from '../database';
import { defined } from '../defined';
import { StoredWorkflow, WorkflowRecord } from '../store';

/** A workflow as the API shows it: its newest version, with the others listed. */
export function workflowView(
  { id, labels, versions }: StoredWorkflow,
  statistics: WorkflowStatistics,
  run: Allowed,
): Workflow {
  const [newest] = versions;
  return defined({
    id,
    name: newest.name,
    description: newest.description,
    engine: newest.engine,
    version: newest.version,
    revision: newest.revision,
    labels,
    versions: versions.map(version =>
      defined({
        version: version.version,
        revision: version.revision,
        loadedAt: isoTime(version.loadedAt),
        availability: availabilityOf(version),
      }),
    ),
    availability: availabilityOf(newest),
    hasInputSchema: newest.hasInputSchema,
    startsByEvent: newest.startsByEvent,
    serviceUrl: newest.serviceUrl,
    statistics,
    allowed: { run },
  });
}

function availabilityOf(version: WorkflowRecord): Availability {
  if (version.goneAt !== undefined) {
    return {
      state: 'unavailable',
      reason: 'This version is no longer deployed.',
      checkedAt: isoTime(version.goneAt),
    };
  }
  return defined({
    state: version.availability,
    reason: version.availabilityReason,
    checkedAt: isoTime(version.availabilityCheckedAt),
  });
}
