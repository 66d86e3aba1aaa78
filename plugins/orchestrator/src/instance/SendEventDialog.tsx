import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { Progress } from '@backstage/core-components';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { JsonObject } from '@backstage/types';
import { InstanceWait } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { lazy, Suspense, useId, useState } from 'react';
import { useSendEvent } from '../api';
import { JsonInput } from '../run/JsonInput';
import { orchestratorTranslationRef } from '../translation';

const InputForm = lazy(() => import('../run/form/InputForm'));

interface SendEventDialogProps {
  instanceId: string;
  wait: InstanceWait;
  onClose: () => void;
}

/** The data of the event that an instance waits for: a form where its schema is known, else JSON. */
export function SendEventDialog(props: SendEventDialogProps) {
  const { instanceId, wait, onClose } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const titleId = useId();
  const alertApi = useApi(alertApiRef);
  const send = useSendEvent(instanceId);
  const [data, setData] = useState<JsonObject>({});
  const [brokenText, setBrokenText] = useState<string>();
  const type = wait.eventType ?? wait.eventName ?? '';
  const schema = wait.dataSchema as JsonObject | undefined;

  const done = () => {
    alertApi.post({
      message: t('sendEvent.sent', { type }),
      severity: 'success',
      display: 'transient',
    });
    onClose();
  };
  const submit = (eventData: JsonObject) => {
    if (send.isPending) return;
    send.mutateAsync({ type, data: eventData }).then(done, () => {});
  };
  const buttons = (
    <div
      style={{
        display: 'flex',
        justifyContent: 'flex-end',
        gap: 8,
      }}
    >
      <Button onClick={onClose} disabled={send.isPending}>
        {t('common.cancel')}
      </Button>
      <Button type="submit" variant="contained" disabled={send.isPending}>
        {send.isPending ? t('sendEvent.sending') : t('sendEvent.submit')}
      </Button>
    </div>
  );
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={send.isPending ? undefined : onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{t('sendEvent.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText variant="body2">
          {t('sendEvent.description')}
        </DialogContentText>
        <TextField
          fullWidth
          size="small"
          margin="normal"
          label={t('sendEvent.type')}
          value={type}
          InputProps={{ readOnly: true }}
        />
        {send.error && (
          <Alert severity="error" sx={{ my: 1 }}>
            <AlertTitle>{t('sendEvent.failed')}</AlertTitle>
            {send.error.message}
          </Alert>
        )}
        <Typography
          component="h3"
          sx={{ fontSize: 14, fontWeight: 700, mt: 1, mb: 1 }}
        >
          {t('sendEvent.data')}
        </Typography>
        {schema ? (
          <Suspense fallback={<Progress />}>
            <InputForm
              schema={schema}
              data={data}
              onChange={setData}
              onSubmit={submit}
              isBusy={send.isPending}
            >
              {buttons}
            </InputForm>
          </Suspense>
        ) : (
          <JsonInput
            data={data}
            brokenText={brokenText}
            onChange={setData}
            onBroken={setBrokenText}
            onSubmit={() => submit(data)}
            height="160px"
          >
            {buttons}
          </JsonInput>
        )}
      </DialogContent>
    </Dialog>
  );
}
