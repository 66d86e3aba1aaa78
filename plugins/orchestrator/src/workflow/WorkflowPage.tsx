import PlayArrowIcon from '@mui/icons-material/PlayArrow';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useParams } from 'react-router-dom';
import { useWorkflow } from '../api';
import { InstanceBrowser } from '../instances/InstanceBrowser';
import {
  AllowedButton,
  AvailabilityMark,
  isHidden,
  Loaded,
  NavTab,
  PageFrame,
} from '../layout';
import { RunTab } from '../run/RunTab';
import { orchestratorTranslationRef } from '../translation';
import { useLinks, WorkflowTab } from '../useLinks';
import { DefinitionTab } from './DefinitionTab';
import { OverviewTab } from './OverviewTab';

type Tab = WorkflowTab | 'overview';

const tabs: Tab[] = ['overview', 'instances', 'definition', 'run'];

/** One workflow: what it is, how it fares, its instances, its definition, and running it. */
export function WorkflowPage() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const { workflowId = '', tab: wanted } = useParams();
  const tab = tabs.find(each => each === wanted) ?? 'overview';
  const query = useWorkflow(workflowId);
  const workflow = query.data;
  const run = workflow?.allowed.run;

  const navTabs: NavTab[] = tabs
    .filter(each => each !== 'run' || (run && !isHidden(run)))
    .map(each => ({
      label: t(`workflow.${each}`),
      to: links.workflow(workflowId, each === 'overview' ? undefined : each),
      selected: each === tab,
    }));
  return (
    <PageFrame
      title={workflow?.name ?? workflowId}
      badge={
        workflow && <AvailabilityMark availability={workflow.availability} />
      }
      summary={workflow?.description}
      crumbs={[{ label: t('navigation.workflows'), to: links.workflows() }]}
      actions={
        run &&
        tab !== 'run' && (
          <AllowedButton
            allowed={run}
            to={links.workflow(workflowId, 'run')}
            variant="contained"
            startIcon={<PlayArrowIcon />}
          >
            {t('workflows.run')}
          </AllowedButton>
        )
      }
      tabs={navTabs}
      tabsLabel={t('workflow.tabs')}
    >
      <Loaded
        query={query}
        wayOut={
          <Link to={links.workflows()}>{t('common.notFound.toWorkflows')}</Link>
        }
      >
        {loaded => <TabContent tab={tab} workflow={loaded} />}
      </Loaded>
    </PageFrame>
  );
}

function TabContent({ tab, workflow }: { tab: Tab; workflow: Workflow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  switch (tab) {
    case 'instances':
      return (
        <InstanceBrowser
          workflowId={workflow.id}
          emptyDescription={t('instances.empty.description')}
        />
      );
    case 'definition':
      return <DefinitionTab workflow={workflow} />;
    case 'run':
      // What was entered for one workflow is nothing to another.
      return <RunTab key={workflow.id} workflow={workflow} />;
    default:
      return <OverviewTab workflow={workflow} />;
  }
}
