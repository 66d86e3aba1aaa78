import ReplayIcon from '@mui/icons-material/Replay';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useState } from 'react';
import { AllowedButton } from '../layout';
import { Step } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { RetriggerDialog } from './RetriggerDialog';

interface RetriggerButtonProps {
  instance: InstanceDetail;
  step: Step;
}

/** Enters a step again that was not left; nothing for other steps. */
export function RetriggerButton({ instance, step }: RetriggerButtonProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  // The step changes by what the dialog does, and often before its answer comes.
  const [entered, setEntered] = useState<Step>();
  const { exit, status, errorHandled } = step.node;
  const isOpenStep =
    status === 'failed'
      ? !errorHandled && !step.isOvercome
      : exit === undefined && (status === 'running' || status === 'waiting');
  // A step that could never be entered again, or not any more, needs no button.
  const isOffered = isOpenStep && instance.allowed.retriggerNode.allowed;
  return (
    <>
      {isOffered && (
        <div>
          <AllowedButton
            allowed={instance.allowed.retriggerNode}
            size="small"
            variant="outlined"
            startIcon={<ReplayIcon />}
            onClick={() => setEntered(step)}
          >
            {t('retrigger.action')}
          </AllowedButton>
        </div>
      )}
      {entered && (
        <RetriggerDialog
          instanceId={instance.id}
          step={entered}
          onClose={() => setEntered(undefined)}
        />
      )}
    </>
  );
}
