import { useEffect, useState } from 'react';
import {
  InstanceList,
  InstanceListQuery,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useInstances } from '../api';
import { steadyRows, SteadyRows } from './steadyRows';

/** The most that the API gives at once. */
const mostRows = 100;

interface SteadyList {
  /** With filter, order and page it changes: then the new rows are taken as they are. */
  query: InstanceListQuery & { limit: number };
  /** True for the first page of the newest instances; other lists show what they were told. */
  isSteady: boolean;
}

interface Shown extends SteadyRows {
  listKey: string;
  /** The answer that the rows were last brought up to date with. */
  list: InstanceList;
}

/**
 * The rows to show: while someone reads the newest instances, nothing moves. New ones push the shown
 * ones down, so as many more are asked for; once that is more than the API gives, `isPartlyOld` tells
 * that some rows are no longer kept up to date.
 */
export function useSteadyInstances({ query, isSteady }: SteadyList) {
  const listKey = JSON.stringify(query);
  const [shown, setShown] = useState<Shown>();
  const before = isSteady && shown?.listKey === listKey ? shown : undefined;
  const limit = limitFor(query.limit, before);
  const instances = useInstances(query, limit);
  const { data: list, isPlaceholderData, refetch } = instances;

  let steady = before;
  if (list && isSteady && !isPlaceholderData && before?.list !== list) {
    steady = { listKey, list, ...nextRows(before, list, query.limit) };
    setShown(steady);
  }
  useRefetchIf(isOffLimit(steady, limit), steady?.list, refetch);

  return {
    instances,
    rows: steady?.rows ?? list?.items ?? [],
    newCount: steady?.newCount ?? 0,
    isPartlyOld:
      steady?.isCovered === false && steady.list.items.length >= mostRows,
    showNew: () =>
      list && setShown({ listKey, list, ...firstRows(list, query.limit) }),
  };
}

/** As many rows as are shown, and the new ones above them. */
function limitFor(pageSize: number, shown: SteadyRows | undefined): number {
  return shown
    ? Math.min(mostRows, Math.max(pageSize, shown.rows.length) + shown.newCount)
    : pageSize;
}

function firstRows({ items }: InstanceList, pageSize: number): SteadyRows {
  return { rows: items.slice(0, pageSize), newCount: 0, isCovered: true };
}

function nextRows(
  before: Shown | undefined,
  list: InstanceList,
  pageSize: number,
): SteadyRows {
  // Nobody reads an empty list: its first rows may come in.
  return before && before.rows.length > 0
    ? steadyRows(before.rows, list.items, list.nextCursor !== undefined)
    : firstRows(list, pageSize);
}

/** True when the answer lacks shown rows, or goes beyond them, so that its next page would skip some. */
function isOffLimit(shown: Shown | undefined, limit: number): boolean {
  if (!shown) return false;
  const { isCovered, list } = shown;
  return isCovered ? list.items.length > limit : list.items.length < limit;
}

/** Asks again, once for each answer that calls for it. */
function useRefetchIf(
  isNeeded: boolean,
  answer: InstanceList | undefined,
  refetch: () => unknown,
) {
  useEffect(() => {
    if (isNeeded && answer) refetch();
  }, [isNeeded, answer, refetch]);
}
