import SvgIcon from '@mui/material/SvgIcon';
import AltRouteIcon from '@mui/icons-material/AltRoute';
import BoltIcon from '@mui/icons-material/Bolt';
import CallSplitIcon from '@mui/icons-material/CallSplit';
import DataObjectIcon from '@mui/icons-material/DataObject';
import LoopIcon from '@mui/icons-material/Loop';
import PhoneCallbackIcon from '@mui/icons-material/PhoneCallback';
import ReportIcon from '@mui/icons-material/ReportProblemOutlined';
import SettingsIcon from '@mui/icons-material/SettingsOutlined';
import TimerIcon from '@mui/icons-material/TimerOutlined';
import {
  GraphNode,
  StateType,
} from '@open-orchestrator/serverless-workflow/graph';

const icons: Record<StateType, typeof SvgIcon> = {
  callback: PhoneCallbackIcon,
  event: BoltIcon,
  foreach: LoopIcon,
  inject: DataObjectIcon,
  operation: SettingsIcon,
  parallel: CallSplitIcon,
  sleep: TimerIcon,
  switch: AltRouteIcon,
};

/** The icon that stands for what a state does. */
export function iconOf({ stateType }: GraphNode): typeof SvgIcon {
  return stateType ? icons[stateType] : ReportIcon;
}
