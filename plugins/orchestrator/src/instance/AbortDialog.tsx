import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  ActionRequest,
  InstanceDetail,
  InstanceNode,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useAbortInstance, useInstanceNodes } from '../api';
import { livePath, stepsOf } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { ActionDialog } from './ActionDialog';

interface AbortDialogProps {
  instance: InstanceDetail;
  onClose: () => void;
}

/** Says what an abort stops and what it leaves as it is, and asks why. */
export function AbortDialog({ instance, onClose }: AbortDialogProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const nodes = useInstanceNodes(instance.id, false);
  const abort = useAbortInstance(instance.id);
  return (
    <ActionDialog<ActionRequest>
      title={t('abort.title')}
      action={abort}
      request={reason => reason}
      submitLabel={t('abort.submit')}
      submittingLabel={t('abort.submitting')}
      color="error"
      cancelLabel={t('abort.keep')}
      failedTitle={t('abort.failed')}
      doneMessage={t('abort.requested')}
      onClose={onClose}
    >
      <Consequences nodes={nodes.data?.items ?? []} />
    </ActionDialog>
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
