import Stack from '@mui/material/Stack';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Allowed } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { AllowedButton, isOutOfReach } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { TimerMode } from './TimerDialog';

interface TimerActionsProps {
  allowed: Allowed;
  /** True where something else is what one usually does. */
  isSecondary: boolean;
  onOpen: (mode: TimerMode) => void;
}

/** Lead to firing a timer now, or moving it; nothing where that can never be. */
export function TimerActions(props: TimerActionsProps) {
  const { allowed, isSecondary, onOpen } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  if (isOutOfReach(allowed)) return null;
  return (
    <Stack direction="row" gap={1} sx={{ ml: 'auto' }}>
      {(['move', 'fire'] as const).map(mode => (
        <AllowedButton
          key={mode}
          allowed={allowed}
          size="small"
          variant={mode === 'fire' && !isSecondary ? 'contained' : 'outlined'}
          onClick={() => onOpen(mode)}
        >
          {t(`timer.${mode}.action`)}
        </AllowedButton>
      ))}
    </Stack>
  );
}
