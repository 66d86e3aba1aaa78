import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useMemo, useState } from 'react';
import { useFormat } from '../format';
import { EmptyMessage, Panel } from '../layout';
import { useNow } from '../live/useNow';
import { isUnfinished } from '../states';
import { Step } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { StepList } from './StepList';
import { timeLineRows } from './timeLineRows';

interface TimeLineProps {
  instance: InstanceDetail;
  steps: Step[];
  /** How many there are; not all need be known. */
  total: number;
  /** More are on their way. */
  isReading: boolean;
  selectedId: string | undefined;
  onSelect: (nodeId: string) => void;
}

/** The steps of an instance, one bar each, from its first moment to its last. */
export function TimeLine(props: TimeLineProps) {
  const { instance, steps, total, isReading, selectedId, onSelect } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const [hasTechnical, setTechnical] = useState(false);
  const isRunning = isUnfinished(instance.state);
  // The clock moves every bar: with many it ticks less often.
  const tickMs = steps.length > 1000 ? 5000 : 1000;
  const now = useNow(isRunning ? tickMs : undefined);
  const present = isRunning ? now : undefined;
  const rows = useMemo(
    () =>
      timeLineRows(
        steps,
        ({ isTechnical }) => hasTechnical || !isTechnical,
        present,
      ),
    [steps, hasTechnical, present],
  );
  return (
    <Panel
      title={t('steps.title')}
      flush
      action={
        steps.some(({ isTechnical }) => isTechnical) && (
          <FormControlLabel
            control={
              <Switch
                size="small"
                checked={hasTechnical}
                onChange={(_event, checked) => setTechnical(checked)}
              />
            }
            label={t('steps.technical')}
            slotProps={{ typography: { variant: 'body2' } }}
            sx={{ m: 0 }}
          />
        )
      }
    >
      {rows.length === 0 ? (
        <EmptyMessage
          title={
            instance.detailsGone || instance.engineUnreachable
              ? t('steps.noDetails')
              : t('steps.none')
          }
        />
      ) : (
        <StepList
          rows={rows}
          label={t('steps.label')}
          selectedId={selectedId}
          onSelect={onSelect}
        />
      )}
      {total > steps.length && (
        <Typography
          variant="body2"
          color="text.secondary"
          sx={{ px: 2, pb: 1.5 }}
        >
          {t(isReading ? 'steps.reading' : 'steps.limited', {
            shown: format.number(steps.length),
            total: format.number(total),
          })}
        </Typography>
      )}
    </Panel>
  );
}
