import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useId, useState } from 'react';
import { orchestratorTranslationRef } from '../translation';

interface SaveViewDialogProps {
  /** Names that others have. */
  taken: string[];
  onSave: (name: string) => void;
  onClose: () => void;
}

/** Asks for the name of a view. */
export function SaveViewDialog({
  taken,
  onSave,
  onClose,
}: SaveViewDialogProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const titleId = useId();
  const [text, setText] = useState('');
  const name = text.trim();
  const isTaken = taken.includes(name);
  return (
    <Dialog
      open
      fullWidth
      maxWidth="xs"
      onClose={onClose}
      aria-labelledby={titleId}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          if (!name || isTaken) return;
          onSave(name);
          onClose();
        }}
      >
        <DialogTitle id={titleId}>{t('views.saveTitle')}</DialogTitle>
        <DialogContent>
          <TextField
            fullWidth
            margin="dense"
            label={t('views.name')}
            inputProps={{ maxLength: 60 }}
            error={isTaken}
            helperText={isTaken ? t('views.taken') : t('views.shareHint')}
            value={text}
            onChange={event => setText(event.target.value)}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!name || isTaken}>
            {t('views.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
