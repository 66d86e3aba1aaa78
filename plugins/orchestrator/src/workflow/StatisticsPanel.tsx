import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ReactNode } from 'react';
import { RelativeTime, useFormat } from '../format';
import { Panel } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { RecentInstances } from '../workflows/RecentInstances';
import { InstancesPerDay } from './InstancesPerDay';

/** The last 30 days in numbers. */
export function StatisticsPanel({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const { statistics } = workflow;
  if (statistics.total === 0) {
    return (
      <Panel title={t('workflow.statistics.title')}>
        <Typography variant="body2" color="text.secondary">
          {t('workflow.statistics.none')}
        </Typography>
      </Panel>
    );
  }
  const duration = (ms: number | undefined) =>
    ms === undefined ? '–' : format.duration(ms);
  return (
    <Panel title={t('workflow.statistics.title')}>
      <Box
        component="dl"
        sx={{
          display: 'grid',
          gridTemplateColumns: 'repeat(4, auto)',
          justifyContent: 'space-between',
          columnGap: 2,
          m: 0,
          mt: 0.5,
        }}
      >
        <Figure label={t('workflow.statistics.total')}>
          {format.number(statistics.total)}
        </Figure>
        <Figure label={t('workflow.statistics.success')}>
          {statistics.successRatio === undefined
            ? '–'
            : format.percent(statistics.successRatio)}
        </Figure>
        <Figure label={t('workflow.statistics.median')}>
          {duration(statistics.durationP50Ms)}
        </Figure>
        <Figure label={t('workflow.statistics.slow')}>
          {duration(statistics.durationP95Ms)}
        </Figure>
      </Box>
      <Box sx={{ mt: 2 }}>
        <InstancesPerDay perDay={statistics.perDay} />
      </Box>
      <Box
        sx={{
          mt: 2,
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: 1,
          fontSize: 13,
          color: 'text.secondary',
        }}
      >
        <RecentInstances
          workflowName={workflow.name}
          ticks={statistics.recent}
        />
        {statistics.lastCreatedAt && (
          <span>
            {t('workflow.statistics.lastRun')}{' '}
            <RelativeTime iso={statistics.lastCreatedAt} />
          </span>
        )}
      </Box>
    </Panel>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column-reverse' }}>
      <Box component="dt" sx={{ fontSize: 12, color: 'text.secondary' }}>
        {label}
      </Box>
      <Box
        component="dd"
        sx={{
          m: 0,
          fontSize: 20,
          fontWeight: 700,
          lineHeight: '28px',
          whiteSpace: 'nowrap',
          fontVariantNumeric: 'tabular-nums',
        }}
      >
        {children}
      </Box>
    </Box>
  );
}
