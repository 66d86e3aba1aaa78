import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import ReplayIcon from '@mui/icons-material/Replay';
import SkipNextIcon from '@mui/icons-material/SkipNext';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { JsonObject } from '@backstage/types';
import {
  Allowed,
  InstanceDetail,
  InstanceError,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useState } from 'react';
import { useRetryInstance } from '../api';
import { AllowedButton, isOutOfReach, LongText } from '../layout';
import { Step } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { adviceFor } from './adviceFor';
import { EditDataButton } from './EditDataButton';
import { LazyEditDataDialog } from './LazyEditDataDialog';
import { SkipDialog } from './SkipDialog';

interface FailurePanelProps {
  instance: InstanceDetail;
  /** The step that failed, once it is known. */
  step: Step | undefined;
  onShowStep: (nodeId: string) => void;
}

/** What someone is about to do about a failure. */
type WayOn =
  | { kind: 'skip'; nodeName: string | undefined }
  | { kind: 'edit'; data: JsonObject };

/** The cause of a failure in words, what may help, and the way on. */
export function FailurePanel(props: FailurePanelProps) {
  const { instance } = props;
  // Its dialog outlives the failure, which may be gone before the answer comes.
  const [wayOn, setWayOn] = useState<WayOn>();
  const close = () => setWayOn(undefined);
  return (
    <>
      {instance.state === 'ERROR' && <Failure {...props} onWayOn={setWayOn} />}
      {wayOn?.kind === 'skip' && (
        <SkipDialog
          instanceId={instance.id}
          nodeName={wayOn.nodeName}
          onClose={close}
        />
      )}
      {wayOn?.kind === 'edit' && (
        <LazyEditDataDialog
          instanceId={instance.id}
          data={wayOn.data}
          isRetried
          onClose={close}
        />
      )}
    </>
  );
}

interface FailureProps extends FailurePanelProps {
  onWayOn: (wayOn: WayOn) => void;
}

function Failure({ instance, step, onShowStep, onWayOn }: FailureProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const retry = useRetry(instance.id);
  const error: InstanceError = instance.error ?? {
    message: instance.errorMessage ?? '',
    nodeName: instance.errorNode,
  };
  const advice = adviceFor(error);
  const isSwitch = step?.node.type === 'Split';
  const noSkip: Allowed = {
    allowed: false,
    cause: 'state',
    reason: t('skip.notSwitch'),
  };
  return (
    <Alert severity="error">
      <AlertTitle sx={{ fontWeight: 700 }}>
        {error.nodeName
          ? t('failure.title', { node: error.nodeName })
          : t('failure.titleNoNode')}
      </AlertTitle>
      <LongText text={error.message} />
      {error.url && !error.message.includes(error.url) && (
        <Typography variant="body2" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
          {error.statusCode === undefined
            ? t('failure.callNoStatus', { url: error.url })
            : t('failure.call', {
                url: error.url,
                status: String(error.statusCode),
              })}
        </Typography>
      )}
      {advice && (
        <Typography variant="body2" sx={{ mt: 0.5, fontWeight: 600 }}>
          {t(`failure.advice.${advice}`)}
        </Typography>
      )}
      <Stack direction="row" flexWrap="wrap" gap={1} sx={{ mt: 1 }}>
        <AllowedButton
          allowed={instance.allowed.retry}
          size="small"
          variant="contained"
          startIcon={<ReplayIcon />}
          isBusy={retry.isUnderWay}
          onClick={retry.start}
        >
          {retry.isUnderWay ? t('actions.submitting') : t('failure.retry')}
        </AllowedButton>
        <EditDataButton
          instance={instance}
          isRetried
          onEdit={data => onWayOn({ kind: 'edit', data })}
        />
        {!isOutOfReach(instance.allowed.skip) && (
          <AllowedButton
            allowed={isSwitch ? noSkip : instance.allowed.skip}
            size="small"
            variant="outlined"
            startIcon={<SkipNextIcon />}
            onClick={() => onWayOn({ kind: 'skip', nodeName: error.nodeName })}
          >
            {t('skip.action')}
          </AllowedButton>
        )}
        {step && (
          <Button
            size="small"
            color="inherit"
            onClick={() => onShowStep(step.node.id)}
          >
            {t('failure.show')}
          </Button>
        )}
      </Stack>
      {retry.error && (
        <Typography role="alert" variant="body2" sx={{ mt: 1 }}>
          {t('actions.retryFailed', { message: retry.error.message })}
        </Typography>
      )}
    </Alert>
  );
}

/** Retries once, however often it is clicked before the instance was read again. */
function useRetry(instanceId: string) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const alertApi = useApi(alertApiRef);
  const { mutateAsync, isUnderWay, error } = useRetryInstance(instanceId);
  const done = () =>
    alertApi.post({
      message: t('actions.retried'),
      severity: 'success',
      display: 'transient',
    });
  const start = () => {
    // A refusal stands in the panel.
    if (!isUnderWay) mutateAsync({}).then(done, () => {});
  };
  return { start, isUnderWay, error };
}
