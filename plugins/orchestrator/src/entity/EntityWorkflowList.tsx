import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import PlayArrowIcon from '@mui/icons-material/PlayArrow';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { AllowedButton } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';
import { RecentInstances } from '../workflows/RecentInstances';

interface EntityWorkflowListProps {
  workflows: Workflow[];
  /** The run is about this entity. */
  entityRef: string;
  /** For a card: no descriptions. */
  isCompact?: boolean;
}

/** The workflows of an entity, each with its last instances and a button to run it for the entity. */
export function EntityWorkflowList(props: EntityWorkflowListProps) {
  const { workflows, entityRef, isCompact } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const query = new URLSearchParams({ entityRef });
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {workflows.map(workflow => (
        <Box
          component="li"
          key={workflow.id}
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            columnGap: 2,
            rowGap: 0.5,
            px: 2,
            py: 1,
            borderTop: 1,
            borderColor: 'divider',
          }}
        >
          <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
            <Link to={links.workflow(workflow.id)} style={{ fontWeight: 600 }}>
              {workflow.name}
            </Link>
            {!isCompact && workflow.description && (
              <Typography
                variant="body2"
                color="text.secondary"
                sx={{ fontSize: 13 }}
              >
                {workflow.description}
              </Typography>
            )}
          </Box>
          <RecentInstances
            workflowName={workflow.name}
            ticks={workflow.statistics.recent.slice(0, isCompact ? 5 : 10)}
          />
          <AllowedButton
            allowed={workflow.allowed.run}
            to={`${links.workflow(workflow.id, 'run')}?${query}`}
            variant="outlined"
            size="small"
            startIcon={<PlayArrowIcon />}
            aria-label={t('workflows.runNamed', { name: workflow.name })}
          >
            {t('workflows.run')}
          </AllowedButton>
        </Box>
      ))}
    </Box>
  );
}
