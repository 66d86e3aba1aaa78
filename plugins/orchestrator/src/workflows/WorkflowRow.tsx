import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import PlayArrowIcon from '@mui/icons-material/PlayArrow';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  Workflow,
  WorkflowStatistics,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { RelativeTime, useFormat } from '../format';
import { AllowedButton, AvailabilityMark, Principal } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';
import { wide, wider } from './columns';
import { RecentInstances } from './RecentInstances';

const numeric = { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' };

export function WorkflowRow({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const links = useLinks();
  const { statistics } = workflow;
  return (
    <TableRow hover>
      <TableCell sx={{ minWidth: 200 }}>
        <Link to={links.workflow(workflow.id)} style={{ fontWeight: 600 }}>
          {workflow.name}
        </Link>
        {workflow.description && (
          <Typography
            variant="body2"
            color="text.secondary"
            title={workflow.description}
            sx={{
              fontSize: 13,
              display: '-webkit-box',
              WebkitLineClamp: 2,
              WebkitBoxOrient: 'vertical',
              overflow: 'hidden',
            }}
          >
            {workflow.description}
          </Typography>
        )}
      </TableCell>
      <TableCell sx={wide}>
        <AvailabilityMark availability={workflow.availability} />
      </TableCell>
      <TableCell sx={{ ...wider, ...numeric }}>{workflow.version}</TableCell>
      <TableCell sx={wide}>
        <RecentInstances
          workflowName={workflow.name}
          ticks={statistics.recent}
        />
      </TableCell>
      <TableCell align="right" sx={{ ...wide, ...numeric }}>
        {statistics.successRatio !== undefined &&
          format.percent(statistics.successRatio)}
      </TableCell>
      <TableCell align="right" sx={{ ...wider, ...numeric }}>
        <Durations statistics={statistics} />
      </TableCell>
      <TableCell>
        <LastRun statistics={statistics} />
      </TableCell>
      <TableCell align="right" sx={{ py: 0.5 }}>
        <AllowedButton
          allowed={workflow.allowed.run}
          to={links.workflow(workflow.id, 'run')}
          variant="outlined"
          size="small"
          startIcon={<PlayArrowIcon />}
          aria-label={t('workflows.runNamed', { name: workflow.name })}
        >
          {t('workflows.run')}
        </AllowedButton>
      </TableCell>
    </TableRow>
  );
}

interface StatisticsProps {
  statistics: WorkflowStatistics;
}

function Durations({ statistics }: StatisticsProps) {
  const format = useFormat();
  const { durationP50Ms, durationP95Ms } = statistics;
  if (durationP50Ms === undefined || durationP95Ms === undefined) return null;
  return (
    <>
      {format.duration(durationP50Ms)} / {format.duration(durationP95Ms)}
    </>
  );
}

function LastRun({ statistics }: StatisticsProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  if (!statistics.lastCreatedAt) {
    return (
      <Typography variant="body2" color="text.secondary" noWrap>
        {t('workflows.neverRun')}
      </Typography>
    );
  }
  return (
    <>
      <RelativeTime iso={statistics.lastCreatedAt} />
      {statistics.lastInitiator && (
        <Typography
          component="div"
          variant="body2"
          color="text.secondary"
          sx={{ fontSize: 13, whiteSpace: 'nowrap' }}
        >
          {t('workflows.by')} <Principal principal={statistics.lastInitiator} />
        </Typography>
      )}
    </>
  );
}
