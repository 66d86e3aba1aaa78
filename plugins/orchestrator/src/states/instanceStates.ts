import SvgIcon from '@mui/material/SvgIcon';
import BlockIcon from '@mui/icons-material/Block';
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutline';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import PauseCircleIcon from '@mui/icons-material/PauseCircleOutline';
import PendingIcon from '@mui/icons-material/Pending';
import PlayCircleIcon from '@mui/icons-material/PlayCircleOutline';
import { InstanceState } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Tone } from './tones';

interface StateLook {
  icon: typeof SvgIcon;
  tone: Tone;
}

/** All states, in the order in which people look for them. */
export const instanceStates: readonly InstanceState[] = [
  'ACTIVE',
  'ERROR',
  'COMPLETED',
  'ABORTED',
  'SUSPENDED',
  'PENDING',
];

/** Icon and colour of each state; the word comes from the translations. */
export const instanceStateLooks: Record<InstanceState, StateLook> = {
  PENDING: { icon: PendingIcon, tone: 'idle' },
  ACTIVE: { icon: PlayCircleIcon, tone: 'run' },
  COMPLETED: { icon: CheckCircleIcon, tone: 'good' },
  ABORTED: { icon: BlockIcon, tone: 'stop' },
  SUSPENDED: { icon: PauseCircleIcon, tone: 'hold' },
  ERROR: { icon: ErrorIcon, tone: 'bad' },
};

/** True while the instance can still change by itself. */
export function isUnfinished(state: InstanceState): boolean {
  return state === 'PENDING' || state === 'ACTIVE' || state === 'SUSPENDED';
}
