import Alert from '@mui/material/Alert';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useFormat } from '../format';
import { orchestratorTranslationRef } from '../translation';

/** Says that the engine is silent and since when; nothing while it answers. */
export function StaleNote({ stale, asOf }: { stale: boolean; asOf: string }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  if (!stale) return null;
  return (
    <Alert severity="warning" sx={{ mb: 2 }}>
      {Date.parse(asOf) > 0
        ? t('common.stale', { time: format.dateTime(asOf) })
        : t('common.staleUnknown')}
    </Alert>
  );
}
