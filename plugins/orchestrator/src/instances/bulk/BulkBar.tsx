import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import ReplayIcon from '@mui/icons-material/Replay';
import StopIcon from '@mui/icons-material/StopCircleOutlined';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { BulkFilter } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { lazy, Suspense, useState } from 'react';
import { useFormat } from '../../format';
import { visuallyHidden } from '../../layout';
import { orchestratorTranslationRef } from '../../translation';
import { BulkAction, BulkTarget } from './runBulk';
import { Selection } from './useSelection';

const BulkDialog = lazy(() => import('./BulkDialog'));

interface BulkBarProps {
  selection: Selection;
  /** What all that match is. */
  filter: BulkFilter;
  /** How many match, as text, if it is more than the selected ones. */
  total: string | undefined;
  may: Record<BulkAction, boolean>;
}

interface Chosen {
  action: BulkAction;
  target: BulkTarget;
}

/** What can be done with the selected instances; it lies over the page's end and moves nothing. */
export function BulkBar({ selection, filter, total, may }: BulkBarProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const [chosen, setChosen] = useState<Chosen>();
  const { ids, isAll } = selection;
  const isEmpty = !isAll && ids.size === 0;
  const choose = (action: BulkAction) =>
    setChosen({
      action,
      target: isAll
        ? {
            // What comes later was not meant.
            filter: { createdBefore: new Date().toISOString(), ...filter },
          }
        : { ids: [...ids] },
    });
  const text = isAll
    ? t('bulk.allSelected', { total: total ?? '' })
    : t('bulk.selected', { count: ids.size });
  return (
    <>
      <Box role="status" sx={visuallyHidden}>
        {!isEmpty && text}
      </Box>
      <Box sx={{ position: 'sticky', bottom: 8, zIndex: 2 }}>
        {!isEmpty && (
          <Paper
            elevation={6}
            role="group"
            aria-label={t('bulk.label')}
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              alignItems: 'center',
              gap: 1,
              px: 2,
              py: 1,
              mt: 1,
            }}
          >
            <strong>{text}</strong>
            {!isAll && total !== undefined && (
              <Button size="small" onClick={selection.selectAll}>
                {t('bulk.selectAll', { total })}
              </Button>
            )}
            <Button size="small" onClick={selection.clear}>
              {t('bulk.clear')}
            </Button>
            <Box sx={{ ml: 'auto', display: 'flex', gap: 1 }}>
              {may.retry && (
                <Button
                  size="small"
                  variant="outlined"
                  startIcon={<ReplayIcon />}
                  onClick={() => choose('retry')}
                >
                  {t('bulk.retry.action')}
                </Button>
              )}
              {may.abort && (
                <Button
                  size="small"
                  variant="outlined"
                  color="error"
                  startIcon={<StopIcon />}
                  onClick={() => choose('abort')}
                >
                  {t('bulk.abort.action')}
                </Button>
              )}
            </Box>
          </Paper>
        )}
      </Box>
      {chosen && (
        <Suspense>
          <BulkDialog
            {...chosen}
            selected={isAll ? total ?? '' : format.number(ids.size)}
            onClose={wasDone => {
              setChosen(undefined);
              if (wasDone) selection.clear();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
