import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutline';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { OrchestratorStatus } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { RelativeTime, useFormat } from '../format';
import { Facts, Panel } from '../layout';
import { useNow } from '../live/useNow';
import { ToneChip } from '../states';
import { orchestratorTranslationRef } from '../translation';

type Feed = OrchestratorStatus['feed'];

/** How far what lists show lags behind the engine, and who reads it. */
export function FeedPanel({ feed }: { feed: Feed }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const { asOf, stale, lagMs, unfinished, lease, lastError } = feed;
  return (
    <Panel
      title={t('status.feed.title')}
      action={
        stale ? (
          <ToneChip icon={HourglassIcon} tone="bad">
            {t('status.feed.stale')}
          </ToneChip>
        ) : (
          <ToneChip icon={CheckCircleIcon} tone="good">
            {t('status.feed.fresh')}
          </ToneChip>
        )
      }
    >
      <Facts
        facts={[
          {
            label: t('status.feed.asOf'),
            value: asOf && <RelativeTime iso={asOf} />,
          },
          {
            label: t('status.feed.lag'),
            value: lagMs !== undefined ? format.duration(lagMs) : undefined,
          },
          {
            label: t('status.feed.unfinished'),
            value:
              unfinished !== undefined ? format.number(unfinished) : undefined,
          },
          {
            label: t('status.feed.reader'),
            value: lease && <Reader lease={lease} />,
          },
        ]}
      />
      <Backfill feed={feed} />
      {lastError && (
        <Alert severity="warning" sx={{ mt: 1.5, overflowWrap: 'anywhere' }}>
          {t('status.feed.lastError')}: {lastError}
        </Alert>
      )}
    </Panel>
  );
}

/** The process that reads the engine for all others. */
function Reader({ lease }: { lease: NonNullable<Feed['lease']> }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const now = useNow(10_000);
  const { holder, held, since } = lease;
  if (!held) return <>{t('status.feed.noReader', { holder })}</>;
  return (
    <>
      {since
        ? t('status.feed.readerSince', {
            holder,
            time: format.relative(since, now),
          })
        : holder}
    </>
  );
}

/** How far the first read of an engine has come; nothing once it is done. */
function Backfill({ feed }: { feed: Feed }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const { backfill, backfillRead, backfillPercent } = feed;
  if (backfill === undefined && backfillRead === undefined) return null;
  const read =
    backfillRead === undefined
      ? backfill
      : t('status.feed.backfillRead', { count: backfillRead });
  return (
    <Box sx={{ mt: 1.5, fontSize: 13 }}>
      <strong>{t('status.feed.backfill')}</strong>: {read}
      {backfillPercent !== undefined &&
        ` (${format.percent(backfillPercent / 100)})`}
      {backfillPercent !== undefined && (
        <LinearProgress
          aria-label={t('status.feed.backfillLabel')}
          variant="determinate"
          value={backfillPercent}
          sx={{ my: 0.75 }}
        />
      )}
      <Box sx={{ color: 'text.secondary' }}>
        {t('status.feed.backfillHint')}
      </Box>
    </Box>
  );
}
