import Stack from '@mui/material/Stack';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useState } from 'react';
import { AllowedButton, isOutOfReach } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { TimerDialog } from './TimerDialog';

interface TimerActionsProps {
  instance: InstanceDetail;
  timerId: string;
  until: string | undefined;
  /** True where something else is what one usually does. */
  isSecondary: boolean;
}

/** Fires a timer now, or moves it; nothing where that can never be. */
export function TimerActions(props: TimerActionsProps) {
  const { instance, timerId, until, isSecondary } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [mode, setMode] = useState<'fire' | 'move'>();
  const allowed = instance.allowed.rescheduleTimer;
  if (isOutOfReach(allowed)) return null;
  return (
    <Stack direction="row" gap={1} sx={{ ml: 'auto' }}>
      {(['move', 'fire'] as const).map(each => (
        <AllowedButton
          key={each}
          allowed={allowed}
          size="small"
          variant={each === 'fire' && !isSecondary ? 'contained' : 'outlined'}
          onClick={() => setMode(each)}
        >
          {t(`timer.${each}.action`)}
        </AllowedButton>
      ))}
      {mode && (
        <TimerDialog
          instanceId={instance.id}
          timerId={timerId}
          until={until}
          mode={mode}
          onClose={() => setMode(undefined)}
        />
      )}
    </Stack>
  );
}
