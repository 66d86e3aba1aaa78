import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  InstanceDetail,
  InstanceNode,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useMemo } from 'react';
import { useInstanceNodes } from '../api';
import { useFormat } from '../format';
import { TimeLineRow, timeLineRows } from '../instance/timeLineRows';
import { Loaded, Panel } from '../layout';
import { useNow } from '../live/useNow';
import { isUnfinished, NodeStateChip, nodeStateOf } from '../states';
import { stepsOf, useStepTitle } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { ComparedRow, compareRows } from './compareRows';
import { ComparedInstances } from './FactsComparison';

const mostRows = 500;

/** The ways that two instances took, step by step, and how long each step took. */
export function StepComparison({ left, right }: ComparedInstances) {
  const mine = useInstanceNodes(left.id, isUnfinished(left.state));
  const other = useInstanceNodes(right.id, isUnfinished(right.state));
  return (
    <Loaded query={mine}>
      {({ items }) => (
        <Loaded query={other}>
          {others => (
            <StepTable
              left={left}
              right={right}
              nodes={items}
              others={others.items}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

interface StepTableProps extends ComparedInstances {
  nodes: InstanceNode[];
  others: InstanceNode[];
}

function StepTable({ left, right, nodes, others }: StepTableProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const isMoving = isUnfinished(left.state) || isUnfinished(right.state);
  const now = useNow(isMoving ? 5_000 : undefined);
  const rows = useMemo(
    () => compareRows(rowsOf(left, nodes, now), rowsOf(right, others, now)),
    [left, right, nodes, others, now],
  );
  return (
    <Panel title={t('compare.steps')} flush>
      <TableContainer>
        <Table size="small" aria-label={t('compare.steps')}>
          <TableHead>
            <TableRow>
              <TableCell>{t('compare.step')}</TableCell>
              <TableCell>{t('compare.this')}</TableCell>
              <TableCell>{t('compare.other')}</TableCell>
              <TableCell align="right">{t('compare.difference')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.slice(0, mostRows).map(row => (
              <StepRow key={row.key} row={row} />
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {rows.length > mostRows && (
        <Typography variant="body2" color="text.secondary" sx={{ p: 2 }}>
          {t('steps.limited', {
            shown: String(mostRows),
            total: String(rows.length),
          })}
        </Typography>
      )}
    </Panel>
  );
}

function rowsOf(
  { state }: InstanceDetail,
  nodes: InstanceNode[],
  now: number,
): TimeLineRow[] {
  return timeLineRows(
    stepsOf(nodes),
    ({ isTechnical }) => !isTechnical,
    isUnfinished(state) ? now : undefined,
  );
}

function StepRow({ row }: { row: ComparedRow }) {
  const format = useFormat();
  const titleOf = useStepTitle();
  const { left, right, depth } = row;
  const step = (left ?? right)?.step;
  const differenceMs =
    left && right ? right.durationMs - left.durationMs : undefined;
  return (
    <TableRow>
      <TableCell
        component="th"
        scope="row"
        sx={{ fontWeight: depth === 0 ? 600 : 400 }}
      >
        {/* The theme decides on the padding of the first cell itself. */}
        <Box component="span" sx={{ display: 'block', pl: depth * 2 }}>
          {step && titleOf(step)}
        </Box>
      </TableCell>
      <StepCell row={left} />
      <StepCell row={right} />
      <TableCell
        align="right"
        sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
      >
        {differenceMs !== undefined &&
          `${differenceMs < 0 ? '−' : '+'}${format.duration(
            Math.abs(differenceMs),
          )}`}
      </TableCell>
    </TableRow>
  );
}

function StepCell({ row }: { row: TimeLineRow | undefined }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  return (
    <TableCell>
      {row ? (
        <Stack direction="row" alignItems="center" flexWrap="wrap" gap={1}>
          <NodeStateChip state={nodeStateOf(row.step.node)} />
          {format.duration(row.durationMs)}
        </Stack>
      ) : (
        <Typography variant="body2" color="text.secondary">
          {t('compare.notEntered')}
        </Typography>
      )}
    </TableCell>
  );
}
