import type { EngineDeployment } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Problem } from '../definition';
import { Deployed } from './assignIds';
import { FileSlot } from './FileSlot';

type DeploymentFile = EngineDeployment['files'][number];

export interface FileSituation {
  slot: FileSlot;
  /** What runs from this file. */
  deployed?: Deployed;
  /** The file that has the id which this one wants. */
  loserTo?: string;
  runningInstances: number;
  /** About the content that runs. */
  remarks: Problem[];
}

/** A workflow file as the deployment page shows it. */
export function describeFile(situation: FileSituation): DeploymentFile {
  const { slot, deployed, loserTo, runningInstances, remarks } = situation;
  const definition = deployed?.definition;
  const isCurrent = !slot.broken && loserTo === undefined;
  return {
    path: slot.path,
    status: statusOf(deployed, isCurrent),
    workflowId: definition?.workflow.id,
    version: definition?.workflow.version,
    revision: definition?.revision,
    modifiedAt: slot.modifiedAt,
    loadedAt: definition?.loadedAt,
    runningInstances,
    problems: [
      ...slot.problems,
      ...(isCurrent ? remarks : []),
      ...(loserTo !== undefined && slot.good
        ? [idTaken(slot.good.workflow.id, loserTo)]
        : []),
    ],
  };
}

function statusOf(
  deployed: Deployed | undefined,
  isCurrent: boolean,
): DeploymentFile['status'] {
  if (!deployed) {
    return 'failed';
  }
  return isCurrent ? 'loaded' : 'outdated';
}

function idTaken(id: string, path: string): Problem {
  return {
    severity: 'error',
    code: 'duplicate-id',
    message: `The workflow id ${id} belongs to ${path} already.`,
    path: '/id',
  };
}
