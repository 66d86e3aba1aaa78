import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { WorkflowList } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useMode, useWorkflows } from '../api';
import {
  DevModeBanner,
  EmptyMessage,
  Loaded,
  PageFrame,
  StaleNote,
  useSectionTabs,
} from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { matchesFilter, useWorkflowFilter } from './useWorkflowFilter';
import { WorkflowFilters } from './WorkflowFilters';
import { WorkflowTable } from './WorkflowTable';

/** The workflows that the viewer may read. */
export function WorkflowsPage() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const tabs = useSectionTabs('workflows');
  const workflows = useWorkflows();
  return (
    <PageFrame
      title={t('workflows.title')}
      tabs={tabs}
      tabsLabel={t('navigation.sections')}
    >
      <DevModeBanner />
      <Loaded query={workflows}>
        {list => (
          <>
            <StaleNote stale={list.stale} asOf={list.asOf} />
            {list.items.length === 0 ? (
              <NoWorkflows />
            ) : (
              <FilteredWorkflows list={list} />
            )}
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

function NoWorkflows() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { data: mode } = useMode();
  return (
    <EmptyMessage
      title={t('workflows.empty.title')}
      description={
        mode?.mode === 'dev'
          ? t('workflows.empty.dev', { folder: mode.folder ?? 'workflows' })
          : t('workflows.empty.production')
      }
    />
  );
}

function FilteredWorkflows({ list }: { list: WorkflowList }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { filter, change } = useWorkflowFilter();
  const shown = list.items.filter(workflow => matchesFilter(workflow, filter));
  const labels = [...new Set(list.items.flatMap(({ labels: own }) => own))];
  return (
    <>
      <WorkflowFilters
        filter={filter}
        labels={labels.sort((a, b) => a.localeCompare(b))}
        onChange={change}
      />
      {shown.length > 0 ? (
        <WorkflowTable workflows={shown} />
      ) : (
        <EmptyMessage
          title={t('workflows.noMatch.title')}
          description={t('workflows.noMatch.description')}
          action={
            <Button
              variant="outlined"
              onClick={() =>
                change({ search: '', label: '', availability: '' })
              }
            >
              {t('workflows.noMatch.clear')}
            </Button>
          }
        />
      )}
      <Typography
        role="status"
        variant="body2"
        color="text.secondary"
        sx={{ mt: 1, fontSize: 13 }}
      >
        {t('workflows.count', { count: shown.length })}
      </Typography>
    </>
  );
}
