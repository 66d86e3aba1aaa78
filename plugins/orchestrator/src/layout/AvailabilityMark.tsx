import Tooltip from '@mui/material/Tooltip';
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutline';
import CloudOffIcon from '@mui/icons-material/CloudOff';
import HelpIcon from '@mui/icons-material/HelpOutline';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  Availability,
  AvailabilityState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Tone, ToneChip } from '../states';
import { orchestratorTranslationRef } from '../translation';

const looks: Record<AvailabilityState, { icon: typeof HelpIcon; tone: Tone }> =
  {
    available: { icon: CheckCircleIcon, tone: 'good' },
    unavailable: { icon: CloudOffIcon, tone: 'bad' },
    unknown: { icon: HelpIcon, tone: 'idle' },
  };

/** Whether a workflow can be run by its engine; why not, on hover and on focus. */
export function AvailabilityMark({
  availability,
}: {
  availability: Availability;
}) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { icon, tone } = looks[availability.state];
  const mark = (
    <ToneChip icon={icon} tone={tone}>
      {t(`availability.${availability.state}`)}
    </ToneChip>
  );
  if (!availability.reason) return mark;
  return (
    <Tooltip title={availability.reason} describeChild>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the reason must be reachable by keyboard */}
      <span tabIndex={0} role="note">
        {mark}
      </span>
    </Tooltip>
  );
}
