import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DeploymentReload } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useFormat } from '../format';
import { orchestratorTranslationRef } from '../translation';

/** The reloads of the folder, newest first, and how long each took. */
export function ReloadList({ reloads }: { reloads: DeploymentReload[] }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  if (reloads.length === 0) {
    return (
      <Typography variant="body2" color="text.secondary">
        {t('deployment.noReloads')}
      </Typography>
    );
  }
  return (
    <Box
      component="ol"
      sx={{
        m: 0,
        p: 0,
        listStyle: 'none',
        maxHeight: 320,
        overflow: 'auto',
        fontSize: 13,
      }}
    >
      {reloads.map((reload, index) => (
        // eslint-disable-next-line react/no-array-index-key -- two may happen at the same time
        <Reload key={`${reload.at} ${index}`} reload={reload} />
      ))}
    </Box>
  );
}

function Reload({ reload }: { reload: DeploymentReload }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const parts = (['loaded', 'removed', 'failed'] as const)
    .filter(key => reload[key].length > 0)
    .map(key =>
      t(`deployment.reload.${key}`, { names: reload[key].join(', ') }),
    );
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: '180px 64px minmax(0, 1fr)' },
        columnGap: 2,
        py: 0.5,
      }}
    >
      <time dateTime={reload.at}>{format.dateTime(reload.at)}</time>
      <Box
        component="span"
        sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}
      >
        {format.duration(reload.durationMs)}
      </Box>
      <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
        {parts.join(' · ') || t('deployment.reload.nothing')}
      </Box>
    </Box>
  );
}
