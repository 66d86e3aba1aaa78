import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useState } from 'react';
import { useRescheduleTimer } from '../api';
import { fromLocal, toLocal, useFormat } from '../format';
import { orchestratorTranslationRef } from '../translation';
import { ActionDialog } from './ActionDialog';

interface TimerDialogProps {
  instanceId: string;
  timerId: string;
  /** ISO-8601; when it fires as things are. */
  until: string | undefined;
  /** Fires it now, or lets one choose when. */
  mode: 'fire' | 'move';
  onClose: () => void;
}

/** Lets a timer fire now or at another time. */
export function TimerDialog(props: TimerDialogProps) {
  const { instanceId, timerId, until, mode, onClose } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const reschedule = useRescheduleTimer(instanceId, timerId);
  const [at, setAt] = useState(() =>
    toLocal(until ?? new Date().toISOString()),
  );
  return (
    <ActionDialog<string>
      title={t(`timer.${mode}.title`)}
      action={reschedule}
      // One that has passed by the time that it arrives fires at once.
      request={() =>
        mode === 'fire' ? new Date().toISOString() : fromLocal(at)
      }
      hasReason={false}
      isDisabled={mode === 'move' && !at}
      submitLabel={t(`timer.${mode}.submit`)}
      failedTitle={t('timer.failed')}
      doneMessage={t(`timer.${mode}.done`)}
      onClose={onClose}
    >
      <Typography variant="body2">{t(`timer.${mode}.description`)}</Typography>
      {until && (
        <Typography variant="body2" sx={{ mt: 1 }}>
          {t('timer.until', { time: format.dateTime(until) })}
        </Typography>
      )}
      {mode === 'move' && (
        <TextField
          type="datetime-local"
          margin="normal"
          label={t('timer.at')}
          helperText={t('timer.atHint')}
          InputLabelProps={{ shrink: true }}
          value={at}
          onChange={event => setAt(event.target.value)}
        />
      )}
    </ActionDialog>
  );
}
