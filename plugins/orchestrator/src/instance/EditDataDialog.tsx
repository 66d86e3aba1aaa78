import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { JsonObject } from '@backstage/types';
import { useId, useState } from 'react';
import { useRetryInstance, useUpdateData } from '../api';
import { LazyDiffView } from '../diff/LazyDiffView';
import { JsonInput } from '../run/JsonInput';
import { orchestratorTranslationRef } from '../translation';
import { ReasonField } from './ActionDialog';
import { mergePatch, MergePatch } from './mergePatch';

export interface EditDataDialogProps {
  instanceId: string;
  /** The workflow data that is edited; it does not move when newer data is read. */
  data: JsonObject;
  /** Retries the failed step once the data is changed. */
  isRetried: boolean;
  onClose: () => void;
}

const textOf = (data: JsonObject) => JSON.stringify(data, undefined, 2);

/** Changes workflow data: first the text, then what that changes, then it is sent. */
export function EditDataDialog(props: EditDataDialogProps) {
  const { data: before, isRetried, onClose } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const titleId = useId();
  const [data, setData] = useState(before);
  const [brokenText, setBrokenText] = useState<string>();
  const [isReviewing, setReviewing] = useState(false);
  const submission = useSubmission(props);
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      onClose={submission.isPending ? undefined : onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {isRetried ? t('editData.titleRetry') : t('editData.title')}
      </DialogTitle>
      {isReviewing ? (
        <Review
          before={before}
          change={mergePatch(before, data)}
          isRetried={isRetried}
          submission={submission}
          onBack={() => {
            submission.reset();
            setReviewing(false);
          }}
        />
      ) : (
        <DialogContent>
          <Typography variant="body2" sx={{ mb: 1 }}>
            {t('editData.description')}
          </Typography>
          <JsonInput
            data={data}
            brokenText={brokenText}
            onChange={setData}
            onBroken={setBrokenText}
            onSubmit={() => setReviewing(true)}
            height="45vh"
          >
            <Box sx={{ display: 'flex', justifyContent: 'flex-end', gap: 1 }}>
              <Button onClick={onClose}>{t('common.cancel')}</Button>
              <Button
                type="submit"
                variant="contained"
                disabled={brokenText !== undefined}
              >
                {t('editData.review')}
              </Button>
            </Box>
          </JsonInput>
        </DialogContent>
      )}
    </Dialog>
  );
}

interface ReviewProps {
  before: JsonObject;
  change: MergePatch;
  isRetried: boolean;
  submission: ReturnType<typeof useSubmission>;
  onBack: () => void;
}

function Review(props: ReviewProps) {
  const { before, change, isRetried, onBack } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [reason, setReason] = useState('');
  const { submit, isPending, error, wasChanged } = props.submission;
  const isSame = Object.keys(change.patch).length === 0;
  return (
    <>
      <DialogContent>
        {isSame ? (
          <Alert severity="info">{t('editData.same')}</Alert>
        ) : (
          <LazyDiffView
            label={t('editData.changes')}
            before={textOf(before)}
            after={textOf(change.result)}
            maxHeight="40vh"
          />
        )}
        {change.kept.length > 0 && (
          <Alert severity="warning" sx={{ mt: 1 }}>
            {t('editData.kept', { names: change.kept.join(', ') })}
          </Alert>
        )}
        <ReasonField value={reason} onChange={setReason} />
        {error && (
          <Alert severity="error">
            <AlertTitle>
              {wasChanged ? t('editData.notRetried') : t('editData.failed')}
            </AlertTitle>
            {error.message}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onBack} disabled={isPending}>
          {t('editData.back')}
        </Button>
        <Button
          variant="contained"
          disabled={isPending || isSame}
          onClick={() => submit(change, reason.trim())}
        >
          {isPending && t('actions.submitting')}
          {!isPending &&
            (isRetried ? t('editData.submitRetry') : t('editData.submit'))}
        </Button>
      </DialogActions>
    </>
  );
}

/** Changes the data, and then retries; a repeat after a failed retry only retries. */
function useSubmission(props: EditDataDialogProps) {
  const { instanceId, isRetried, onClose } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const alertApi = useApi(alertApiRef);
  const update = useUpdateData(instanceId);
  const retry = useRetryInstance(instanceId);
  const done = () => {
    alertApi.post({
      message: isRetried ? t('actions.retried') : t('editData.done'),
      severity: 'success',
      display: 'transient',
    });
    onClose();
  };
  const send = async ({ patch }: MergePatch, text: string) => {
    const reason = text ? { reason: text } : {};
    if (!update.isSuccess) await update.mutateAsync({ data: patch, ...reason });
    if (isRetried) await retry.mutateAsync(reason);
  };
  return {
    // What is refused stands in the dialog.
    submit: (change: MergePatch, reason: string) =>
      send(change, reason).then(done, () => {}),
    reset: () => {
      update.reset();
      retry.reset();
    },
    isPending: update.isPending || retry.isPending,
    error: update.error ?? retry.error,
    wasChanged: update.isSuccess,
  };
}

// Loaded when it is needed.
export default EditDataDialog;
