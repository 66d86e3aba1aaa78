import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import BlockIcon from '@mui/icons-material/Block';
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutline';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { BulkOutcome } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useFormat } from '../../format';
import { Tone, ToneChip } from '../../states';
import { orchestratorTranslationRef } from '../../translation';
import { useLinks } from '../../useLinks';
import { shortId } from '../shortId';
import { BulkItem } from './runBulk';

interface BulkResultsProps {
  items: BulkItem[];
  error?: Error;
  wasStopped: boolean;
}

/** Trouble first. */
const outcomes: BulkOutcome[] = ['failed', 'refused', 'requested', 'done'];

const looks: Record<BulkOutcome, { icon: typeof ErrorIcon; tone: Tone }> = {
  failed: { icon: ErrorIcon, tone: 'bad' },
  refused: { icon: BlockIcon, tone: 'stop' },
  requested: { icon: HourglassIcon, tone: 'wait' },
  done: { icon: CheckCircleIcon, tone: 'good' },
};

/** More would be read by nobody. */
const mostShown = 500;

/** What became of each instance. */
export function BulkResults({ items, error, wasStopped }: BulkResultsProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const links = useLinks();
  const sorted = [...items].sort(
    (a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome),
  );
  return (
    <>
      {error && (
        <Alert severity="error" sx={{ mb: 1 }}>
          {t('bulk.broken', { message: error.message })}
        </Alert>
      )}
      {wasStopped && (
        <Alert severity="info" sx={{ mb: 1 }}>
          {t('bulk.stopped')}
        </Alert>
      )}
      <Stack role="status" direction="row" flexWrap="wrap" gap={1}>
        {outcomes.map(outcome => {
          const count = items.filter(item => item.outcome === outcome).length;
          return (
            count > 0 && (
              <ToneChip key={outcome} {...looks[outcome]}>
                {t(`bulk.outcomes.${outcome}`)}: {format.number(count)}
              </ToneChip>
            )
          );
        })}
        {items.length === 0 && !error && t('bulk.nothing')}
      </Stack>
      <Box
        component="ul"
        aria-label={t('bulk.results')}
        // Scrolled by keys.
        tabIndex={0}
        sx={{ m: 0, mt: 1, p: 0, maxHeight: '40vh', overflow: 'auto' }}
      >
        {sorted.slice(0, mostShown).map(({ id, outcome, message }) => (
          <Box
            component="li"
            key={id}
            sx={{
              display: 'flex',
              alignItems: 'baseline',
              gap: 1.5,
              py: 0.5,
              fontSize: 13,
              contentVisibility: 'auto',
              containIntrinsicSize: 'auto 28px',
            }}
          >
            <ToneChip {...looks[outcome]}>
              {t(`bulk.outcomes.${outcome}`)}
            </ToneChip>
            <Link to={links.instance(id)} style={{ fontFamily: 'monospace' }}>
              {shortId(id)}
            </Link>
            <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
              {message}
            </Box>
          </Box>
        ))}
      </Box>
      {sorted.length > mostShown && (
        <Box sx={{ fontSize: 13, color: 'text.secondary' }}>
          {t('bulk.moreResults', {
            count: sorted.length - mostShown,
          })}
        </Box>
      )}
    </>
  );
}
