import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ActionRequest } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useSkipNode } from '../api';
import { orchestratorTranslationRef } from '../translation';
import { ActionDialog } from './ActionDialog';

interface SkipDialogProps {
  instanceId: string;
  /** The failed step, if the engine tells. */
  nodeName: string | undefined;
  onClose: () => void;
}

/** Goes on without the failed step. */
export function SkipDialog({ instanceId, nodeName, onClose }: SkipDialogProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const skip = useSkipNode(instanceId);
  return (
    <ActionDialog<ActionRequest>
      title={
        nodeName ? t('skip.title', { node: nodeName }) : t('skip.titleNoNode')
      }
      action={skip}
      request={reason => reason}
      submitLabel={t('skip.submit')}
      failedTitle={t('skip.failed')}
      doneMessage={t('skip.done')}
      onClose={onClose}
    >
      <Typography variant="body2">{t('skip.description')}</Typography>
      <Typography variant="body2" sx={{ mt: 1 }}>
        {t('skip.warning')}
      </Typography>
    </ActionDialog>
  );
}
