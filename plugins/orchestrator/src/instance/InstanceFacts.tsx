import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Elapsed, RelativeTime } from '../format';
import { shortId } from '../instances/shortId';
import { Facts, Principal, TargetEntity } from '../layout';
import { isUnfinished } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';

/** Who, when, how long, about what. */
export function InstanceFacts({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const { startedAt, endedAt, initiator, entityRef, parentId } = instance;
  const hasDuration = startedAt && (endedAt || isUnfinished(instance.state));
  return (
    <Facts
      facts={[
        {
          label: t('instance.facts.id'),
          value: (
            <span title={instance.id} style={{ fontFamily: 'monospace' }}>
              {shortId(instance.id)}
            </span>
          ),
        },
        {
          label: t('instance.facts.created'),
          value: <RelativeTime iso={instance.createdAt} />,
        },
        {
          label: t('instance.facts.duration'),
          value: hasDuration ? (
            <Elapsed from={startedAt} to={endedAt} />
          ) : undefined,
        },
        {
          label: t('instance.facts.initiator'),
          value: initiator && <Principal principal={initiator} />,
        },
        {
          label: t('instance.facts.entity'),
          value: entityRef && <TargetEntity entityRef={entityRef} />,
        },
        { label: t('instance.facts.version'), value: instance.workflowVersion },
        { label: t('instance.facts.reference'), value: instance.reference },
        {
          label: t('instance.facts.parent'),
          value: parentId && (
            <Link to={links.instance(parentId)}>{shortId(parentId)}</Link>
          ),
        },
      ]}
    />
  );
}
