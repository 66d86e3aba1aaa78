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
import { ColumnId, columns, SortKey } from './columns';
import { InstanceRow } from './InstanceRow';

interface InstanceTableProps {
  rows: Instance[];
  sort: InstanceSort;
  onSort: (sort: InstanceSort) => void;
  columnIds: ColumnId[];
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
            {props.columnIds.map(id => {
              const { sortKey, align, isWide } = columns[id];
              const label = t(`instances.columns.${id}`);
              return sortKey ? (
                <SortCell key={id} {...sorting} sortKey={sortKey} align={align}>
                  {label}
                </SortCell>
              ) : (
                <TableCell key={id} sx={isWide ? narrowHidden : undefined}>
                  {label}
                </TableCell>
              );
            })}
          </TableRow>
        </TableHead>
        <TableBody>
          {props.rows.map(instance => (
            <InstanceRow
              key={instance.id}
              instance={instance}
              columnIds={props.columnIds}
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
  const startsDescending = sortKey !== 'state' && sortKey !== 'workflowId';
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
