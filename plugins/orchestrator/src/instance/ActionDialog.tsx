import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ReactNode, useId, useState } from 'react';
import { orchestratorTranslationRef } from '../translation';

/** The part of a mutation that a dialog needs. */
interface Action<Request> {
  mutateAsync(request: Request): Promise<unknown>;
  isPending: boolean;
  error: Error | null;
}

interface ActionDialogProps<Request> {
  title: string;
  /** What happens, and what does not. */
  children: ReactNode;
  action: Action<Request>;
  /** What is asked of the server, with the reason if one was given. */
  request: (reason: { reason?: string }) => Request;
  /** False for what the server keeps no reason for. */
  hasReason?: boolean;
  submitLabel: string;
  submittingLabel?: string;
  color?: 'error' | 'primary';
  isDisabled?: boolean;
  cancelLabel?: string;
  /** Above the reason why it was not done. */
  failedTitle: string;
  /** Said once it is done. */
  doneMessage: string;
  onClose: () => void;
}

/** Says what an action does before it is done, asks why, and stays open when it is refused. */
export function ActionDialog<Request>(props: ActionDialogProps<Request>) {
  const { action, hasReason = true, onClose } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const titleId = useId();
  const alertApi = useApi(alertApiRef);
  const [reason, setReason] = useState('');
  const done = () => {
    alertApi.post({
      message: props.doneMessage,
      severity: 'success',
      display: 'transient',
    });
    onClose();
  };
  const submit = () => {
    const text = reason.trim();
    // Unlike a callback, the promise also tells when the page was left meanwhile. A refusal stands
    // in the dialog.
    action
      .mutateAsync(props.request(text ? { reason: text } : {}))
      .then(done, () => {});
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={action.isPending ? undefined : onClose}
      aria-labelledby={titleId}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <DialogTitle id={titleId}>{props.title}</DialogTitle>
        <DialogContent>
          {props.children}
          {hasReason && <ReasonField value={reason} onChange={setReason} />}
          {action.error && (
            <Alert severity="error" sx={{ mt: 1 }}>
              <AlertTitle>{props.failedTitle}</AlertTitle>
              {action.error.message}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={action.isPending}>
            {props.cancelLabel ?? t('common.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color={props.color}
            disabled={action.isPending || props.isDisabled}
          >
            {action.isPending
              ? props.submittingLabel ?? t('actions.submitting')
              : props.submitLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

interface ReasonFieldProps {
  value: string;
  onChange: (reason: string) => void;
}

/** Why someone steps in. */
export function ReasonField({ value, onChange }: ReasonFieldProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <TextField
      fullWidth
      multiline
      minRows={2}
      margin="normal"
      label={t('abort.reason')}
      helperText={t('abort.reasonHint')}
      inputProps={{ maxLength: 1000 }}
      value={value}
      onChange={event => onChange(event.target.value)}
    />
  );
}
