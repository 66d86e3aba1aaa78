import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  InstanceDetail,
  InstanceNode,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useId, useState } from 'react';
import { useAbortInstance, useInstanceNodes } from '../api';
import { livePath, stepsOf } from '../steps';
import { orchestratorTranslationRef } from '../translation';

interface AbortDialogProps {
  instance: InstanceDetail;
  onClose: () => void;
}

/** Says what an abort stops and what it leaves as it is, and asks why. */
export function AbortDialog({ instance, onClose }: AbortDialogProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const titleId = useId();
  const alertApi = useApi(alertApiRef);
  const nodes = useInstanceNodes(instance.id, false);
  const abort = useAbortInstance(instance.id);
  const [reason, setReason] = useState('');
  const submit = () =>
    abort.mutate(reason.trim() ? { reason: reason.trim() } : {}, {
      onSuccess: () => {
        alertApi.post({
          message: t('abort.requested'),
          severity: 'success',
          display: 'transient',
        });
        onClose();
      },
    });
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="sm">
      <form
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <DialogTitle id={titleId}>{t('abort.title')}</DialogTitle>
        <DialogContent>
          <Consequences nodes={nodes.data?.items ?? []} />
          <TextField
            fullWidth
            multiline
            minRows={2}
            margin="normal"
            label={t('abort.reason')}
            helperText={t('abort.reasonHint')}
            inputProps={{ maxLength: 1000 }}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
          {abort.error && (
            <Alert severity="error">
              <AlertTitle>{t('abort.failed')}</AlertTitle>
              {abort.error.message}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('abort.keep')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="error"
            disabled={abort.isPending}
          >
            {abort.isPending ? t('abort.submitting') : t('abort.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function Consequences({ nodes }: { nodes: InstanceNode[] }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const states = [...livePath(nodes).states];
  const open = states.filter(
    ([, { state }]) => state === 'running' || state === 'waiting',
  );
  const wholes = new Set(nodes.map(({ parentNodeId }) => parentNodeId));
  const doneCount = stepsOf(nodes).filter(
    ({ node, isTechnical }) =>
      node.status === 'completed' && !isTechnical && !wholes.has(node.id),
  ).length;
  return (
    <>
      <Typography variant="body2">
        {open.length > 0
          ? `${t('abort.stops')} ${open.map(([name]) => name).join(', ')}.`
          : t('abort.nothingRuns')}
      </Typography>
      <Typography variant="body2" sx={{ mt: 1 }}>
        {doneCount > 0
          ? t('abort.done', { count: doneCount })
          : t('abort.noneDone')}
      </Typography>
    </>
  );
}
