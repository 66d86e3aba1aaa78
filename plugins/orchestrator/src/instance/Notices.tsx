import Alert from '@mui/material/Alert';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useFormat } from '../format';
import { isUnfinished, useEndReason } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { instanceMessages } from '../translation/instanceMessages';
import { useLinks } from '../useLinks';

type Attention = Exclude<
  keyof typeof instanceMessages.instance.attention,
  'other'
>;

function isKnownAttention(attention: string): attention is Attention {
  return (
    attention !== 'other' &&
    Object.hasOwn(instanceMessages.instance.attention, attention)
  );
}

/** What one should know about an instance before looking at its steps. */
export function Notices({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const endReasonText = useEndReason();
  const { attention, endReason, abortRequestedAt, state } = instance;
  return (
    <>
      {instance.engineUnreachable && (
        <Alert severity="warning">
          {t('instance.asOf', { time: format.dateTime(instance.asOf) })}
        </Alert>
      )}
      {instance.detailsGone && (
        <Alert severity="info">{t('instance.detailsGone')}</Alert>
      )}
      {attention && (
        <Alert severity="warning">
          {isKnownAttention(attention)
            ? t(`instance.attention.${attention}`, {
                version: instance.workflowVersion ?? '',
              })
            : t('instance.attention.other', { what: attention })}
        </Alert>
      )}
      {isUnfinished(state) && <FailedChildren instance={instance} />}
      {abortRequestedAt && state !== 'ABORTED' && state !== 'COMPLETED' && (
        <Alert severity="info">
          {t('instance.abortRequested', {
            time: format.dateTime(abortRequestedAt),
          })}
        </Alert>
      )}
      {state === 'ABORTED' && (
        <Alert severity="info">
          {instance.abortedBy
            ? `${t('instance.abortedBy', { who: instance.abortedBy })}. `
            : ''}
          {endReason === 'given-up' && instance.abortReason
            ? `${instance.abortReason} – `
            : ''}
          {(endReason !== 'given-up' && instance.abortReason) ||
            endReasonText(endReason)}
        </Alert>
      )}
    </>
  );
}

/** A failed sub-workflow leaves the instance that waits for it as it is. */
function FailedChildren({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  return instance.children
    .filter(({ state }) => state === 'ERROR')
    .map(child => (
      <Alert key={child.id} severity="error">
        {t('instance.childFailed', {
          name: child.workflowName ?? child.workflowId,
        })}{' '}
        <Link to={links.instance(child.id)} underline="always">
          {t('instance.openChild')}
        </Link>
      </Alert>
    ));
}
