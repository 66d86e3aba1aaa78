import SvgIcon from '@mui/material/SvgIcon';
import BlockIcon from '@mui/icons-material/Block';
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutline';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import PlayCircleIcon from '@mui/icons-material/PlayCircleOutline';
import RedoIcon from '@mui/icons-material/Redo';
import ReportProblemIcon from '@mui/icons-material/ReportProblemOutlined';
import RadioButtonUncheckedIcon from '@mui/icons-material/RadioButtonUnchecked';
import {
  InstanceNode,
  InstanceNodeStatus,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Tone } from './tones';

/**
 * What a step shows: a status that the engine told, that it failed and the workflow handled that, or
 * that it was not reached.
 */
export type NodeState = InstanceNodeStatus | 'handled' | 'notReached';

export function nodeStateOf({ status, errorHandled }: InstanceNode): NodeState {
  return status === 'failed' && errorHandled ? 'handled' : status;
}

interface NodeLook {
  icon: typeof SvgIcon;
  tone: Tone;
}

/** Icon and colour of each node state; the word comes from the translations. */
export const nodeStateLooks: Record<NodeState, NodeLook> = {
  running: { icon: PlayCircleIcon, tone: 'run' },
  waiting: { icon: HourglassIcon, tone: 'wait' },
  completed: { icon: CheckCircleIcon, tone: 'good' },
  failed: { icon: ErrorIcon, tone: 'bad' },
  handled: { icon: ReportProblemIcon, tone: 'hold' },
  aborted: { icon: BlockIcon, tone: 'stop' },
  skipped: { icon: RedoIcon, tone: 'idle' },
  notReached: { icon: RadioButtonUncheckedIcon, tone: 'idle' },
};
