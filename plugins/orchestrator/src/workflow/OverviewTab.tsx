import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useWorkflowDefinition } from '../api';
import { LazyDiagram } from '../diagram/LazyDiagram';
import { Facts, Loaded, Panel } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { StatisticsPanel } from './StatisticsPanel';

/** How the workflow fares, next to its picture. */
export function OverviewTab({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const definition = useWorkflowDefinition(workflow.id);
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        alignItems: 'start',
        gridTemplateColumns: { xs: '1fr', lg: '380px minmax(0, 1fr)' },
      }}
    >
      <Stack gap={2} sx={{ minWidth: 0 }}>
        <StatisticsPanel workflow={workflow} />
        <AboutPanel workflow={workflow} />
      </Stack>
      <Panel title={t('workflow.diagram')} flush>
        <Loaded query={definition}>
          {loaded => (
            <LazyDiagram definition={loaded} direction="down" height={600} />
          )}
        </Loaded>
      </Panel>
    </Box>
  );
}

function AboutPanel({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { versions, labels } = workflow;
  return (
    <Panel title={t('workflow.facts.title')}>
      <Facts
        facts={[
          { label: t('workflow.facts.id'), value: workflow.id },
          { label: t('workflow.facts.version'), value: workflow.version },
          {
            label: t('workflow.facts.versions'),
            value:
              versions.length > 1
                ? versions.map(({ version }) => version).join(', ')
                : undefined,
          },
          {
            label: t('workflow.facts.starts'),
            value: workflow.startsByEvent
              ? t('workflow.facts.byEvent')
              : undefined,
          },
          { label: t('workflow.facts.engine'), value: workflow.engine },
          { label: t('workflow.facts.serviceUrl'), value: workflow.serviceUrl },
          {
            label: t('workflow.facts.labels'),
            value:
              labels.length > 0 ? (
                <Stack direction="row" flexWrap="wrap" gap={0.5}>
                  {labels.map(label => (
                    <Chip
                      key={label}
                      size="small"
                      label={label}
                      sx={{ m: 0 }}
                    />
                  ))}
                </Stack>
              ) : undefined,
          },
        ]}
      />
    </Panel>
  );
}
