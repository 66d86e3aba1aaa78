import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceTick } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useFormat } from '../format';
import { instanceStateLooks, shadeOf } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';

interface RecentInstancesProps {
  workflowName: string;
  /** Newest first, as the API tells them. */
  ticks: InstanceTick[];
}

/** The last instances as a row of state icons, the newest at the right, each leading to its page. */
export function RecentInstances(props: RecentInstancesProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  if (props.ticks.length === 0) return null;
  return (
    <Box
      component="ul"
      aria-label={t('workflows.recentOf', { name: props.workflowName })}
      sx={{ display: 'flex', m: 0, p: 0, listStyle: 'none' }}
    >
      {[...props.ticks].reverse().map(tick => (
        <li key={tick.id}>
          <Tick tick={tick} />
        </li>
      ))}
    </Box>
  );
}

function Tick({ tick }: { tick: InstanceTick }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const links = useLinks();
  const { icon: Icon, tone } = instanceStateLooks[tick.state];
  const facts = {
    state: t(`states.${tick.state}`),
    time: format.dateTime(tick.createdAt),
  };
  const text =
    tick.durationMs === undefined
      ? t('workflows.tick', facts)
      : t('workflows.tickWithDuration', {
          ...facts,
          duration: format.duration(tick.durationMs),
        });
  return (
    <Tooltip title={text}>
      <Box
        component={Link}
        to={links.instance(tick.id)}
        aria-label={text}
        sx={theme => ({
          display: 'grid',
          placeItems: 'center',
          width: 24,
          height: 24,
          borderRadius: 1,
          color: `${shadeOf(theme, tone).ink} !important`,
          '&:hover': { backgroundColor: shadeOf(theme, tone).wash },
        })}
      >
        <Icon aria-hidden sx={{ fontSize: 18 }} />
      </Box>
    </Tooltip>
  );
}
