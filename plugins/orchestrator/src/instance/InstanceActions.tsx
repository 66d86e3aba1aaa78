import ReplayIcon from '@mui/icons-material/Replay';
import StopIcon from '@mui/icons-material/StopCircleOutlined';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useState } from 'react';
import { useReadEverything } from '../api';
import { AllowedButton, CopyButton, DownloadButton } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { AbortDialog } from './AbortDialog';
import { useRunAgainLink } from './useRunAgainLink';

/** What can be done with an instance in any state; retry and events stand where they are needed. */
export function InstanceActions({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const runAgainLink = useRunAgainLink(instance);
  const readEverything = useReadEverything(instance);
  const [isAborting, setAborting] = useState(false);
  return (
    <>
      <CopyButton variant="text" text={() => window.location.href}>
        {t('actions.copyLink')}
      </CopyButton>
      <DownloadButton
        variant="text"
        fileName={`${instance.workflowId}-${instance.id}-all.json`}
        text={readEverything}
        aria-label={t('actions.downloadAllLabel')}
      >
        {t('actions.downloadAll')}
      </DownloadButton>
      <AllowedButton
        allowed={instance.allowed.runAgain}
        to={runAgainLink}
        size="small"
        variant="outlined"
        startIcon={<ReplayIcon />}
      >
        {t('actions.runAgain')}
      </AllowedButton>
      <AllowedButton
        allowed={instance.allowed.abort}
        size="small"
        variant="outlined"
        color="error"
        startIcon={<StopIcon />}
        onClick={() => setAborting(true)}
      >
        {t('abort.action')}
      </AllowedButton>
      {isAborting && (
        <AbortDialog instance={instance} onClose={() => setAborting(false)} />
      )}
    </>
  );
}
