import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useMemo, useState } from 'react';
import { shadeOf, Tone } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { DiffRow, diffRows } from './diffRows';

export interface DiffViewProps {
  /** What is compared, for screen readers. */
  label: string;
  before: string;
  after: string;
  /** CSS length; more is scrolled. */
  maxHeight?: string;
}

const signs = { same: ' ', removed: '−', added: '+' };
const tags = { same: 'span', removed: 'del', added: 'ins' } as const;
const tones: Record<'removed' | 'added', Tone> = {
  removed: 'bad',
  added: 'good',
};

/** The lines in which two texts differ: told by sign, by word and by colour. */
export function DiffView({ label, before, after, maxHeight }: DiffViewProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [isWhole, setWhole] = useState(false);
  const { rows, added, removed } = useMemo(
    () => diffRows(before, after, isWhole ? Infinity : 3),
    [before, after, isWhole],
  );
  if (rows.length === 0) {
    return <Typography variant="body2">{t('diff.same')}</Typography>;
  }
  const hasGaps = rows.some(({ kind }) => kind === 'gap');
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 0.5 }}>
        <Typography variant="body2" role="status">
          {t('diff.summary', {
            added: String(added),
            removed: String(removed),
          })}
        </Typography>
        {(hasGaps || isWhole) && (
          <Button size="small" onClick={() => setWhole(!isWhole)}>
            {isWhole ? t('diff.changes') : t('diff.whole')}
          </Button>
        )}
      </Box>
      <Box
        role="region"
        aria-label={label}
        // Scrolled by keys.
        tabIndex={0}
        sx={{
          maxHeight,
          overflow: 'auto',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          fontFamily: 'monospace',
          fontSize: 13,
          lineHeight: '20px',
        }}
      >
        {rows.map(row => (
          <Line key={`${row.kind} ${keyOf(row)}`} row={row} />
        ))}
      </Box>
    </>
  );
}

function keyOf(row: DiffRow) {
  return row.kind === 'added' ? row.after : row.before;
}

const number = {
  width: '5ch',
  flex: 'none',
  pr: 1,
  textAlign: 'right',
  color: 'text.secondary',
  userSelect: 'none',
} as const;

function Line({ row }: { row: DiffRow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  if (row.kind === 'gap') {
    return (
      <Box
        sx={{ px: 2, color: 'text.secondary', backgroundColor: 'action.hover' }}
      >
        {t('diff.gap', { count: row.count })}
      </Box>
    );
  }
  const { kind, text } = row;
  return (
    <Box
      sx={theme => ({
        display: 'flex',
        ...(kind !== 'same' && {
          color: shadeOf(theme, tones[kind]).ink,
          backgroundColor: shadeOf(theme, tones[kind]).wash,
        }),
        '& del, & ins': { textDecoration: 'none' },
      })}
    >
      <Box component="span" aria-hidden sx={number}>
        {'before' in row && row.before}
      </Box>
      <Box component="span" aria-hidden sx={number}>
        {'after' in row && row.after}
      </Box>
      <Box component="span" sx={{ width: '2ch', flex: 'none' }}>
        {signs[kind]}
      </Box>
      <Box
        component={tags[kind]}
        sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', minWidth: 0 }}
      >
        {text}
      </Box>
    </Box>
  );
}

// Loaded when it is needed.
export default DiffView;
