import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ActionRequest } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useRetriggerNode } from '../api';
import { Step, useStepTitle } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { ActionDialog } from './ActionDialog';

interface RetriggerDialogProps {
  instanceId: string;
  step: Step;
  onClose: () => void;
}

/** Leaves an open step and enters it again. */
export function RetriggerDialog(props: RetriggerDialogProps) {
  const { instanceId, step, onClose } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const titleOf = useStepTitle();
  const retrigger = useRetriggerNode(instanceId, step.node.id);
  return (
    <ActionDialog<ActionRequest>
      title={t('retrigger.title', { step: titleOf(step) })}
      action={retrigger}
      request={reason => reason}
      submitLabel={t('retrigger.submit')}
      failedTitle={t('retrigger.failed')}
      doneMessage={t('retrigger.done')}
      onClose={onClose}
    >
      <Typography variant="body2">{t('retrigger.description')}</Typography>
      <Typography variant="body2" sx={{ mt: 1 }}>
        {t('retrigger.warning')}
      </Typography>
    </ActionDialog>
  );
}
