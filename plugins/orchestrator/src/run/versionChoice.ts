import {
  Workflow,
  WorkflowVersion,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** Which version of a workflow the form is about. */
export interface VersionChoice {
  /** Undefined when none can be started. */
  chosen?: WorkflowVersion;
  /** The version that was wanted but can't be started; without a reason when nobody knows it. */
  missed?: { version: string; reason?: string };
}

/** True unless the version is known to be out of reach. */
export function isStartable({ availability }: WorkflowVersion): boolean {
  return availability.state !== 'unavailable';
}

/** The wanted version if it can be started, else the newest that can. */
export function versionChoice(
  { versions }: Pick<Workflow, 'versions'>,
  wanted: string | undefined,
): VersionChoice {
  const found = versions.find(({ version }) => version === wanted);
  if (found && isStartable(found)) return { chosen: found };
  const chosen = versions.find(isStartable);
  return {
    ...(chosen && { chosen }),
    ...(wanted && {
      missed: { version: wanted, reason: found?.availability.reason },
    }),
  };
}

/** What keeps a version from being run now; without a reason when nobody knows it. */
export interface RunObstacle {
  reason?: string;
}

/** Undefined when the version can be run now. */
export function runObstacle(
  workflow: Workflow,
  version: string,
): RunObstacle | undefined {
  const { run } = workflow.allowed;
  // The newest version may be out of reach while another is not.
  const isOfNewest = run.cause !== 'permission' && !workflow.startsByEvent;
  if (!run.allowed && !(isOfNewest && version !== workflow.version)) {
    return { reason: run.reason };
  }
  const found = workflow.versions.find(each => each.version === version);
  return found && isStartable(found)
    ? undefined
    : { reason: found?.availability.reason };
}
