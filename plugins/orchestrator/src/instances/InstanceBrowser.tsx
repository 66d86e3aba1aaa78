import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import KeyboardIcon from '@mui/icons-material/KeyboardOutlined';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  InstanceCounts,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useInstanceCounts, useMayBulk } from '../api';
import { useFormat } from '../format';
import { EmptyMessage, Loaded, StaleNote } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { BulkBar } from './bulk/BulkBar';
import { useSelection } from './bulk/useSelection';
import { ColumnMenu, useColumns } from './ColumnMenu';
import { ColumnId } from './columns';
import { defaultSort, isNarrowed, toQuery } from './instanceFilter';
import { InstanceFilters } from './InstanceFilters';
import { InstanceTable } from './InstanceTable';
import { NewRowsNote } from './NewRowsNote';
import { Pager } from './Pager';
import { ShortcutsDialog } from './ShortcutsDialog';
import { StateFilter } from './StateFilter';
import { useInstanceFilter } from './useInstanceFilter';
import { useRowKeys } from './useRowKeys';
import { useShortcutSetting } from './useShortcutSetting';
import { useSteadyInstances } from './useSteadyInstances';
import { ViewMenu } from './ViewMenu';

interface InstanceBrowserProps {
  /** Only instances of this workflow. */
  workflowId?: string;
  /** Only instances about this entity. */
  entityRef?: string;
  /** How to get the first row. */
  emptyDescription: string;
  emptyAction?: React.ReactNode;
}

const pageSize = 25;

/** A list of instances with its filters, live but steady. */
export function InstanceBrowser(props: InstanceBrowserProps) {
  const { workflowId, entityRef } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const { filter, change, clear } = useInstanceFilter();
  const tableRef = useRef<HTMLTableElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);

  // A relative range counts back from when it was chosen, or else every moment were a new list.
  const chosenAt = useMemo(
    () => (filter.range === 'any' ? 0 : Date.now()),
    [filter.range],
  );
  const query = {
    ...toQuery(filter, chosenAt),
    ...(workflowId && { workflowId: [workflowId] }),
    ...(entityRef && { entityRef }),
  };
  const listQuery = {
    ...query,
    ...(filter.states.length > 0 && { state: filter.states }),
    ...(filter.cursor && { cursor: filter.cursor }),
    sort: filter.sort,
    limit: pageSize,
  };
  const [chosenColumns, setColumns] = useColumns();
  const hiddenColumns: ColumnId[] = [
    ...(workflowId ? (['workflow'] as const) : []),
    ...(entityRef ? (['entity'] as const) : []),
  ];
  const counts = useInstanceCounts(query);
  const { instances, rows, newCount, isPartlyOld, showNew } =
    useSteadyInstances({
      query: listQuery,
      isSteady: filter.sort === defaultSort && !filter.cursor,
    });
  const total = counts.data && totalOf(counts.data, filter.states);
  const totalNumber = total && format.number(total.count);
  const totalText = total?.isCapped
    ? t('instances.capped', { number: totalNumber ?? '' })
    : totalNumber;
  const bulkFilter = {
    ...query,
    ...(filter.states.length > 0 && { state: filter.states }),
  };
  const selection = useSelection(JSON.stringify(bulkFilter));
  const may = {
    abort: useMayBulk('abort', rows[0]?.id),
    retry: useMayBulk('retry', rows[0]?.id),
  };
  const canSelect = may.abort || may.retry;
  const shortcuts = useShortcuts(tableRef, searchRef, canSelect);

  return (
    <>
      <StateFilter
        selected={filter.states}
        counts={counts.data}
        onChange={states => change({ states })}
      />
      <InstanceFilters
        filter={filter}
        onChange={change}
        onClear={clear}
        searchRef={searchRef}
        hidden={{ workflow: !!workflowId, entity: !!entityRef }}
      />
      <Box
        sx={{ display: 'flex', justifyContent: 'flex-end', gap: 1, mb: 0.5 }}
      >
        {!workflowId && !entityRef && <ViewMenu />}
        <ColumnMenu
          chosen={chosenColumns}
          hidden={hiddenColumns}
          onChange={setColumns}
        />
      </Box>
      <Loaded query={instances}>
        {list => (
          <>
            <StaleNote stale={list.stale} asOf={list.asOf} />
            <NewRowsNote
              count={newCount}
              isPartlyOld={isPartlyOld}
              onShow={showNew}
            />
            {rows.length > 0 ? (
              <InstanceTable
                rows={rows}
                sort={filter.sort}
                onSort={sort => change({ sort })}
                columnIds={chosenColumns.filter(
                  id => !hiddenColumns.includes(id),
                )}
                tableRef={tableRef}
                selection={canSelect ? selection : undefined}
              />
            ) : (
              <NoInstances
                {...props}
                isNarrowed={isNarrowed(filter)}
                onClear={clear}
              />
            )}
            {(rows.length > 0 || list.previousCursor) && (
              <Pager
                list={list}
                shown={format.number(rows.length)}
                total={totalText}
                onPage={cursor => change({ cursor })}
              />
            )}
          </>
        )}
      </Loaded>
      <BulkBar
        selection={selection}
        filter={bulkFilter}
        total={
          selection.isAll || (total?.count ?? 0) > selection.ids.size
            ? totalText
            : undefined
        }
        may={may}
      />
      {shortcuts}
    </>
  );
}

/** The keys, their help dialog, and a button for those who do not know of them. */
function useShortcuts(
  listRef: React.RefObject<HTMLTableElement>,
  searchRef: React.RefObject<HTMLInputElement>,
  canSelect: boolean,
) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const [isEnabled, setEnabled] = useShortcutSetting();
  const open = useCallback(() => setOpen(true), []);
  useRowKeys({ listRef, searchRef, onHelp: open, isEnabled });
  return (
    <>
      <Button
        size="small"
        color="inherit"
        startIcon={<KeyboardIcon />}
        onClick={open}
        sx={{ display: { xs: 'none', md: 'inline-flex' }, mt: 1 }}
      >
        {t('shortcuts.open')}
      </Button>
      <ShortcutsDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        canSelect={canSelect}
        isEnabled={isEnabled}
        onEnable={setEnabled}
      />
    </>
  );
}

function totalOf(
  { counts, total, capped }: InstanceCounts,
  states: InstanceState[],
) {
  const count = states.length
    ? states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
    : total;
  return { count, isCapped: capped && count >= 10_000 };
}

interface NoInstancesProps extends InstanceBrowserProps {
  isNarrowed: boolean;
  onClear: () => void;
}

function NoInstances(props: NoInstancesProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return props.isNarrowed ? (
    <EmptyMessage
      title={t('instances.noMatch.title')}
      description={t('instances.noMatch.description')}
      action={
        <Button variant="outlined" onClick={props.onClear}>
          {t('instances.filters.clear')}
        </Button>
      }
    />
  ) : (
    <EmptyMessage
      title={t('instances.empty.title')}
      description={props.emptyDescription}
      action={props.emptyAction}
    />
  );
}
