import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { forwardRef } from 'react';
import { WorkflowStatistics } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useFormat } from '../format';
import { visuallyHidden } from '../layout';
import { useNow } from '../live/useNow';
import { instanceStateLooks, instanceStates, shadeOf } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { DayCounts, lastDays } from './lastDays';

const dayCount = 30;
const heightPx = 72;

interface BarProps {
  day: DayCounts;
  most: number;
}

/** Passes on what the tooltip adds. */
const Bar = forwardRef<HTMLDivElement, BarProps>(
  ({ day, most, ...rest }, ref) => (
    <Box
      {...rest}
      ref={ref}
      sx={{
        flex: 1,
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'flex-end',
        '&:hover': { backgroundColor: 'action.hover' },
      }}
    >
      {instanceStates.map(state => {
        const count = day.counts[state] ?? 0;
        return (
          count > 0 && (
            <Box
              key={state}
              sx={theme => ({
                height: `${(count / most) * 100}%`,
                minHeight: 2,
                backgroundColor: shadeOf(theme, instanceStateLooks[state].tone)
                  .ink,
              })}
            />
          )
        );
      })}
    </Box>
  ),
);

interface InstancesPerDayProps {
  perDay: WorkflowStatistics['perDay'];
}

/** A bar a day, its parts in the colours of the states; screen readers get it as a list. */
export function InstancesPerDay({ perDay }: InstancesPerDayProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const now = useNow(60_000);
  const days = lastDays(perDay, now, dayCount);
  const most = Math.max(1, ...days.map(({ total }) => total));

  const inWords = ({ day, counts }: DayCounts) => {
    const parts = instanceStates
      .filter(state => counts[state])
      .map(
        state => `${format.number(counts[state] ?? 0)} ${t(`states.${state}`)}`,
      );
    return t('workflow.statistics.day', {
      day: format.day(day),
      parts: parts.join(', ') || '0',
    });
  };
  return (
    <Box component="figure" sx={{ m: 0 }}>
      <Box
        component="figcaption"
        sx={{ fontSize: 12, color: 'text.secondary', mb: 0.5 }}
      >
        {t('workflow.statistics.perDay')}
      </Box>
      <Box
        aria-hidden
        sx={{
          display: 'flex',
          alignItems: 'flex-end',
          gap: '2px',
          height: heightPx,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        {days.map(day => (
          <Tooltip key={day.day} title={inWords(day)} disableInteractive>
            <Bar day={day} most={most} />
          </Tooltip>
        ))}
      </Box>
      <Box
        aria-hidden
        sx={{
          display: 'flex',
          justifyContent: 'space-between',
          fontSize: 11,
          color: 'text.secondary',
        }}
      >
        <span>{format.day(days[0].day)}</span>
        <span>{format.day(days[days.length - 1].day)}</span>
      </Box>
      <Box component="ul" sx={visuallyHidden}>
        {days
          .filter(({ total }) => total > 0)
          .map(day => (
            <li key={day.day}>{inWords(day)}</li>
          ))}
      </Box>
    </Box>
  );
}
