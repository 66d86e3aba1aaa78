import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useParams } from 'react-router-dom';
import { useInstance } from '../api';
import { CompareTab } from '../compare/CompareTab';
import { Loaded, PageFrame } from '../layout';
import { StateChip } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { InstanceTab, useLinks } from '../useLinks';
import { DataTab } from './DataTab';
import { DefinitionTab } from './DefinitionTab';
import { InstanceActions } from './InstanceActions';
import { InstanceFacts } from './InstanceFacts';
import { OverviewTab } from './OverviewTab';
import { RelatedTab } from './RelatedTab';
import { StateAnnouncer } from './StateAnnouncer';

type Tab = InstanceTab | 'overview';

const tabs: Tab[] = ['overview', 'data', 'related', 'definition', 'compare'];

/** One instance: what happened, why, and what can be done about it. */
export function InstancePage() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const { instanceId = '', tab: wanted } = useParams();
  const tab = tabs.find(each => each === wanted) ?? 'overview';
  const query = useInstance(instanceId);
  const instance = query.data;
  const name = instance?.workflowName ?? instance?.workflowId;
  return (
    <PageFrame
      title={name ?? instanceId}
      badge={instance && <StateChip state={instance.state} />}
      crumbs={[
        { label: t('navigation.instances'), to: links.instances() },
        ...(instance && name
          ? [{ label: name, to: links.workflow(instance.workflowId) }]
          : []),
      ]}
      summary={instance && <InstanceFacts instance={instance} />}
      actions={instance && <InstanceActions instance={instance} />}
      tabs={tabs.map(each => ({
        label: t(`instance.${each}`),
        to: links.instance(instanceId, each === 'overview' ? undefined : each),
        selected: each === tab,
      }))}
      tabsLabel={t('instance.tabs')}
    >
      <StateAnnouncer state={instance?.state} />
      <Loaded
        query={query}
        wayOut={
          <Link to={links.instances()}>{t('common.notFound.toInstances')}</Link>
        }
      >
        {loaded => <TabContent tab={tab} instance={loaded} />}
      </Loaded>
    </PageFrame>
  );
}

interface TabContentProps {
  tab: Tab;
  instance: InstanceDetail;
}

function TabContent({ tab, instance }: TabContentProps) {
  switch (tab) {
    case 'data':
      return <DataTab instance={instance} />;
    case 'related':
      return <RelatedTab instance={instance} />;
    case 'definition':
      return <DefinitionTab instance={instance} />;
    case 'compare':
      return <CompareTab instance={instance} />;
    default:
      return <OverviewTab instance={instance} />;
  }
}
