import Checkbox from '@mui/material/Checkbox';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  Instance,
  InstanceSort,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ReactNode, Ref } from 'react';
import { orchestratorTranslationRef } from '../translation';
import { Selection } from './bulk/useSelection';
import { InstanceRow } from './InstanceRow';

type SortKey = 'state' | 'workflowId' | 'createdAt' | 'duration';

interface InstanceTableProps {
  rows: Instance[];
  sort: InstanceSort;
  onSort: (sort: InstanceSort) => void;
  /** False where all rows belong to one workflow. */
  hasWorkflowColumn: boolean;
  tableRef: Ref<HTMLTableElement>;
  /** Absent where nothing can be done with several. */
  selection?: Selection;
}

const narrowHidden = { display: { xs: 'none', md: 'table-cell' } };

export function InstanceTable(props: InstanceTableProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const sorting = { sort: props.sort, onSort: props.onSort };
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table
        size="small"
        ref={props.tableRef}
        aria-label={t('instances.tableLabel')}
      >
        <TableHead>
          <TableRow>
            {props.selection && (
              <PageCheckbox rows={props.rows} selection={props.selection} />
            )}
            <SortCell {...sorting} sortKey="state">
              {t('instances.columns.state')}
            </SortCell>
            <TableCell>{t('instances.columns.instance')}</TableCell>
            {props.hasWorkflowColumn && (
              <SortCell {...sorting} sortKey="workflowId">
                {t('instances.columns.workflow')}
              </SortCell>
            )}
            <TableCell sx={narrowHidden}>
              {t('instances.columns.detail')}
            </TableCell>
            <SortCell {...sorting} sortKey="createdAt">
              {t('instances.columns.created')}
            </SortCell>
            <SortCell {...sorting} sortKey="duration" align="right">
              {t('instances.columns.duration')}
            </SortCell>
            <TableCell sx={narrowHidden}>
              {t('instances.columns.initiator')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.rows.map(instance => (
            <InstanceRow
              key={instance.id}
              instance={instance}
              hasWorkflowColumn={props.hasWorkflowColumn}
              selection={props.selection}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

interface PageCheckboxProps {
  rows: Instance[];
  selection: Selection;
}

function PageCheckbox({ rows, selection }: PageCheckboxProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const count = rows.filter(({ id }) => selection.has(id)).length;
  return (
    <TableCell padding="checkbox">
      <Checkbox
        size="small"
        sx={{ p: 0 }}
        inputProps={{ 'aria-label': t('bulk.selectPage') }}
        checked={count === rows.length}
        indeterminate={count > 0 && count < rows.length}
        onChange={(_event, isSelected) =>
          selection.setShown(
            rows.map(({ id }) => id),
            isSelected,
          )
        }
      />
    </TableCell>
  );
}

interface SortCellProps {
  sortKey: SortKey;
  sort: InstanceSort;
  onSort: (sort: InstanceSort) => void;
  align?: 'right';
  children: ReactNode;
}

function SortCell({ sortKey, sort, onSort, align, children }: SortCellProps) {
  const isSorted = sort === sortKey || sort === `-${sortKey}`;
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const startsDescending = sortKey === 'createdAt' || sortKey === 'duration';
  const next = (): InstanceSort => {
    if (isSorted) return direction === 'desc' ? sortKey : `-${sortKey}`;
    return startsDescending ? `-${sortKey}` : sortKey;
  };
  return (
    <TableCell align={align} sortDirection={isSorted ? direction : false}>
      <TableSortLabel
        active={isSorted}
        direction={isSorted ? direction : 'asc'}
        onClick={() => onSort(next())}
      >
        {children}
      </TableSortLabel>
    </TableCell>
  );
}
