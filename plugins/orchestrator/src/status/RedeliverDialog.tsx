import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { UndeliveredEvent } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useId } from 'react';
import { orchestratorTranslationRef } from '../translation';

interface RedeliverDialogProps {
  event: UndeliveredEvent;
  onRedeliver: () => void;
  onClose: () => void;
}

/** Asks before an event is delivered again that may have arrived: nobody can take back the second. */
export function RedeliverDialog(props: RedeliverDialogProps) {
  const { event, onRedeliver, onClose } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const titleId = useId();
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{t('status.events.confirmTitle')}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ overflowWrap: 'anywhere' }}>
          {t('status.events.confirm', {
            type: event.type,
            id: event.eventId,
            target: event.target,
          })}
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          variant="contained"
          onClick={() => {
            onRedeliver();
            onClose();
          }}
        >
          {t('status.events.redeliver')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
