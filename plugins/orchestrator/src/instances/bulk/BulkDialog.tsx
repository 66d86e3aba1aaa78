import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { Progress } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useId, useState } from 'react';
import { useSendBulk } from '../../api';
import { useFormat } from '../../format';
import { ReasonField } from '../../instance/ActionDialog';
import { orchestratorTranslationRef } from '../../translation';
import { BulkResults } from './BulkResults';
import { BulkAction, BulkTarget, countBulk } from './runBulk';
import { useBulkRun } from './useBulkRun';

interface BulkDialogProps {
  action: BulkAction;
  target: BulkTarget;
  /** How many are selected, as text. */
  selected: string;
  onClose: (wasDone: boolean) => void;
}

/** Says how many it concerns before anything is done, shows how it goes on, and what came of it. */
export function BulkDialog(props: BulkDialogProps) {
  const { action, target, selected, onClose } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const titleId = useId();
  const format = useFormat();
  const count = useCount(action, target);
  const run = useBulkRun(action, target);
  const [reason, setReason] = useState('');
  const total = count.data ?? 0;
  const isRunning = run.phase === 'running';
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      // While it goes on, one stops it by the button that says so.
      onClose={isRunning ? undefined : () => onClose(run.phase === 'after')}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{t(`bulk.${action}.title`)}</DialogTitle>
      <DialogContent>
        {run.phase === 'before' && (
          <>
            <Preview count={count} action={action} selected={selected} />
            <ReasonField value={reason} onChange={setReason} />
          </>
        )}
        {isRunning && (
          <Box role="status">
            <Typography variant="body2" gutterBottom>
              {t('bulk.progress', {
                done: format.number(run.items.length),
                total: format.number(Math.max(total, run.items.length)),
              })}
            </Typography>
            <LinearProgress
              aria-label={t('bulk.progressLabel')}
              variant="determinate"
              value={Math.min(100, (run.items.length / (total || 1)) * 100)}
            />
          </Box>
        )}
        {run.phase === 'after' && <BulkResults {...run} />}
      </DialogContent>
      <DialogActions>
        {run.phase === 'before' && (
          <>
            <Button onClick={() => onClose(false)}>{t('common.cancel')}</Button>
            <Button
              variant="contained"
              color={action === 'abort' ? 'error' : 'primary'}
              disabled={total === 0}
              onClick={() => run.start(reason.trim())}
            >
              {t(`bulk.${action}.submit`, { count: total })}
            </Button>
          </>
        )}
        {isRunning && <Button onClick={run.stop}>{t('bulk.stop')}</Button>}
        {run.phase === 'after' && (
          <Button variant="contained" onClick={() => onClose(true)}>
            {t('common.close')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

/** How many it concerns; counted anew for each dialog. */
function useCount(action: BulkAction, target: BulkTarget) {
  const send = useSendBulk(action);
  return useQuery({
    queryKey: ['bulk-count', action, target],
    queryFn: () => countBulk(send, target),
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

interface PreviewProps {
  count: ReturnType<typeof useCount>;
  action: BulkAction;
  selected: string;
}

function Preview({ count, action, selected }: PreviewProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  if (count.error) {
    return <Alert severity="error">{count.error.message}</Alert>;
  }
  if (count.data === undefined) return <Progress />;
  return (
    <>
      <Typography variant="body2" role="status">
        {count.data === 0
          ? t(`bulk.${action}.none`, { selected })
          : t(`bulk.${action}.some`, { selected, count: count.data })}
      </Typography>
      {count.data > 0 && (
        <Typography variant="body2" sx={{ mt: 1 }}>
          {t(`bulk.${action}.meaning`)}
        </Typography>
      )}
    </>
  );
}

// Loaded when it is needed.
export default BulkDialog;
