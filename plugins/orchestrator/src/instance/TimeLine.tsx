import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useState } from 'react';
import { useFormat } from '../format';
import { EmptyMessage, Panel, visuallyHidden } from '../layout';
import { useNow } from '../live/useNow';
import { isUnfinished, nodeStateLooks, shadeOf } from '../states';
import { Step } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { TimeLineRow, timeLineRows } from './timeLineRows';

interface TimeLineProps {
  instance: InstanceDetail;
  steps: Step[];
  /** How many there are; not all need be known. */
  total: number;
  selectedId: string | undefined;
  onSelect: (nodeId: string) => void;
}

const columns = {
  xs: 'minmax(0, 1fr) 70px',
  md: 'minmax(180px, 320px) minmax(0, 1fr) 112px 70px',
};

const numeric = {
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
  color: 'text.secondary',
};

/** The steps of an instance, one bar each, from its first moment to its last. */
export function TimeLine(props: TimeLineProps) {
  const { instance, steps, total, selectedId, onSelect } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const [hasTechnical, setTechnical] = useState(false);
  const isRunning = isUnfinished(instance.state);
  const now = useNow(isRunning ? 1000 : undefined);
  const rows = timeLineRows(
    steps,
    ({ isTechnical }) => hasTechnical || !isTechnical,
    isRunning ? now : undefined,
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
        <Box
          component="ol"
          aria-label={t('steps.label')}
          sx={{ m: 0, p: 0, pb: 1, listStyle: 'none' }}
        >
          {rows.map(row => (
            <li key={row.step.node.id}>
              <Row
                row={row}
                isSelected={row.step.node.id === selectedId}
                onSelect={onSelect}
              />
            </li>
          ))}
        </Box>
      )}
      {total > steps.length && (
        <Typography
          variant="body2"
          color="text.secondary"
          sx={{ px: 2, pb: 1.5 }}
        >
          {t('steps.limited', {
            shown: format.number(steps.length),
            total: format.number(total),
          })}
        </Typography>
      )}
    </Panel>
  );
}

interface RowProps {
  row: TimeLineRow;
  isSelected: boolean;
  onSelect: (nodeId: string) => void;
}

function Row({ row, isSelected, onSelect }: RowProps) {
  const { step, depth } = row;
  const { node, title } = step;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const { icon: Icon, tone } = nodeStateLooks[node.status];
  return (
    <ButtonBase
      aria-pressed={isSelected}
      onClick={() => onSelect(node.id)}
      sx={theme => ({
        width: '100%',
        minHeight: 32,
        px: 2,
        display: 'grid',
        gridTemplateColumns: columns,
        columnGap: 2,
        alignItems: 'center',
        textAlign: 'left',
        font: 'inherit',
        fontSize: 13,
        // Long instances: what is out of sight costs nothing.
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 32px',
        backgroundColor: isSelected ? 'action.selected' : undefined,
        boxShadow: isSelected
          ? `inset 3px 0 ${theme.palette.primary.main}`
          : undefined,
        '&:hover': { backgroundColor: 'action.hover' },
        '&:focus-visible': {
          outline: `2px solid ${theme.palette.primary.main}`,
          outlineOffset: -2,
        },
      })}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1,
          minWidth: 0,
          pl: depth * 2,
        }}
      >
        <Icon
          aria-hidden
          sx={theme => ({ fontSize: 18, color: shadeOf(theme, tone).ink })}
        />
        <Box
          component="span"
          title={title}
          sx={{
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
            fontWeight: depth === 0 ? 600 : 400,
          }}
        >
          {title}
        </Box>
        <Box component="span" sx={visuallyHidden}>
          , {t(`nodeStates.${node.status}`)}
        </Box>
      </Box>
      <Bar row={row} />
      <Box sx={{ ...numeric, display: { xs: 'none', md: 'block' } }}>
        {format.time(node.enter)}
      </Box>
      <Box sx={{ ...numeric, textAlign: 'right' }}>
        {format.duration(row.durationMs)}
      </Box>
    </ButtonBase>
  );
}

function Bar({ row }: { row: TimeLineRow }) {
  const { tone } = nodeStateLooks[row.step.node.status];
  return (
    <Box
      aria-hidden
      sx={{
        display: { xs: 'none', md: 'block' },
        position: 'relative',
        height: 12,
        borderRadius: 1,
        backgroundColor: 'action.hover',
      }}
    >
      <Box
        sx={theme => ({
          position: 'absolute',
          height: '100%',
          minWidth: 3,
          borderRadius: 1,
          left: `${row.start * 100}%`,
          width: `${row.length * 100}%`,
          backgroundColor: shadeOf(theme, tone).ink,
          opacity: row.depth === 0 ? 1 : 0.7,
        })}
      />
    </Box>
  );
}
