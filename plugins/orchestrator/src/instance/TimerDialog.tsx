import Alert from '@mui/material/Alert';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useState } from 'react';
import { useRescheduleTimer } from '../api';
import { fromLocal, toLocal, useFormat } from '../format';
import { orchestratorTranslationRef } from '../translation';
import { ActionDialog } from './ActionDialog';

/** Fires it now, or lets one choose when. */
export type TimerMode = 'fire' | 'move';

interface TimerDialogProps {
  instanceId: string;
  timerId: string;
  /** Where the instance waits, if the engine tells. */
  nodeName: string | undefined;
  /** ISO-8601; when it fires as things are. */
  until: string | undefined;
  /** True when it has fired or was taken back meanwhile. */
  isGone: boolean;
  mode: TimerMode;
  onClose: () => void;
}

/** Lets a timer fire now or at another time. */
export function TimerDialog(props: TimerDialogProps) {
  const { instanceId, timerId, nodeName, until, isGone, mode, onClose } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const reschedule = useRescheduleTimer(instanceId, timerId);
  const [first] = useState(() =>
    toLocal(until ?? new Date().toISOString(), 'second'),
  );
  const [at, setAt] = useState(first);
  // Fields hold no milliseconds: unchanged, it would be moved all the same, or fired.
  const isMovable = at !== '' && at !== first;
  return (
    <ActionDialog<string>
      title={
        nodeName
          ? t(`timer.${mode}.title`, { node: nodeName })
          : t(`timer.${mode}.titleNoNode`)
      }
      action={reschedule}
      // One that has passed by the time that it arrives fires at once.
      request={() =>
        mode === 'fire' ? new Date().toISOString() : fromLocal(at)
      }
      hasReason={false}
      isDisabled={isGone || (mode === 'move' && !isMovable)}
      submitLabel={t(`timer.${mode}.submit`)}
      failedTitle={t('timer.failed')}
      doneMessage={t(`timer.${mode}.done`)}
      onClose={onClose}
    >
      <Typography variant="body2">{t(`timer.${mode}.description`)}</Typography>
      {until && !isGone && (
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
          inputProps={{ step: 1 }}
          value={at}
          onChange={event => setAt(event.target.value)}
        />
      )}
      {/* Once it is asked for, that it is gone is what one wants. */}
      {isGone && reschedule.isIdle && (
        <Alert severity="info" sx={{ mt: 1 }}>
          {t('timer.gone')}
        </Alert>
      )}
    </ActionDialog>
  );
}
