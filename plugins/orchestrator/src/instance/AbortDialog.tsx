import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  ActionRequest,
  InstanceDetail,
  InstanceNodeList,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useAbortInstance, useInstanceNodes } from '../api';
import { livePath, stepsOf } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { ActionDialog } from './ActionDialog';

/** Why nobody knows what became of an instance. */
const lost = ['unconfirmed', 'unknown-to-engine', 'not-at-service'];

interface AbortDialogProps {
  instance: InstanceDetail;
  onClose: () => void;
}

/** Says what an abort stops and what it leaves as it is, and asks why. */
export function AbortDialog({ instance, onClose }: AbortDialogProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const abort = useAbortInstance(instance.id);
  const isLost = lost.includes(instance.attention ?? '');
  const texts = isLost
    ? {
        title: t('abort.lost.title'),
        submitLabel: t('abort.lost.submit'),
        failedTitle: t('abort.lost.failed'),
      }
    : {
        title: t('abort.title'),
        submitLabel: t('abort.submit'),
        submittingLabel: t('abort.submitting'),
        cancelLabel: t('abort.keep'),
        failedTitle: t('abort.failed'),
      };
  return (
    <ActionDialog<ActionRequest>
      {...texts}
      action={abort}
      request={reason => reason}
      color="error"
      doneMessage={t('abort.requested')}
      onClose={onClose}
    >
      {isLost ? (
        <Lines lines={[t('abort.lost.unknown'), t('abort.lost.later')]} />
      ) : (
        <Consequences instance={instance} />
      )}
    </ActionDialog>
  );
}

/** Only what is known of its steps: they may not be read yet, or not be there to read. */
function Consequences({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const nodes = useInstanceNodes(instance.id, false);
  const isOutOfSight =
    nodes.error ?? (instance.engineUnreachable || instance.detailsGone);
  if (isOutOfSight) {
    return <Lines lines={[t('abort.unread'), t('abort.stays')]} />;
  }
  return nodes.data ? (
    <StepConsequences list={nodes.data} />
  ) : (
    <Lines lines={[t('abort.reading'), t('abort.stays')]} />
  );
}

function StepConsequences({ list }: { list: InstanceNodeList }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { items, total } = list;
  const open = [...livePath(items).states].filter(
    ([, { state }]) => state === 'running' || state === 'waiting',
  );
  const wholes = new Set(items.map(({ parentNodeId }) => parentNodeId));
  const doneCount = stepsOf(items).filter(
    ({ node, isTechnical }) =>
      node.status === 'completed' && !isTechnical && !wholes.has(node.id),
  ).length;
  const stops =
    open.length > 0 &&
    `${t('abort.stops')} ${open.map(([name]) => name).join(', ')}.`;
  // Of a long instance, more may run and be done than was read.
  if (items.length < total) {
    return <Lines lines={[stops || t('abort.reading'), t('abort.stays')]} />;
  }
  return (
    <Lines
      lines={[
        stops || t('abort.nothingRuns'),
        doneCount > 0
          ? t('abort.done', { count: doneCount })
          : t('abort.noneDone'),
      ]}
    />
  );
}

function Lines({ lines }: { lines: [string, string] }) {
  const [first, second] = lines;
  return (
    <>
      <Typography variant="body2">{first}</Typography>
      <Typography variant="body2" sx={{ mt: 1 }}>
        {second}
      </Typography>
    </>
  );
}
