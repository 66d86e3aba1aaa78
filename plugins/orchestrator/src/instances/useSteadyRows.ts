import { useState } from 'react';
import {
  Instance,
  InstanceList,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { steadyRows, SteadyRows } from './steadyRows';

interface SteadyList {
  /** The newest answer. */
  list: InstanceList | undefined;
  /** True while the answer still belongs to the list before. */
  isOld: boolean;
  /** Changes with filter, order and page: then the new rows are taken as they are. */
  listKey: string;
  /** True for the first page of the newest instances; other lists show what they were told. */
  isSteady: boolean;
}

/** The rows to show: while someone reads the newest instances, nothing moves. */
export function useSteadyRows(
  options: SteadyList,
): SteadyRows & { showNew: () => void } {
  const { list, isOld, listKey, isSteady } = options;
  const [shown, setShown] = useState<{ listKey: string; rows: Instance[] }>();
  const fresh = list?.items ?? [];
  const showNew = () => setShown({ listKey, rows: fresh });

  if (!list || isOld || !isSteady) return { rows: fresh, newCount: 0, showNew };

  // Nobody reads an empty list: its first rows may come in.
  if (shown?.listKey !== listKey || shown.rows.length === 0) {
    if (shown?.listKey !== listKey || fresh.length > 0) showNew();
    return { rows: fresh, newCount: 0, showNew };
  }

  const next = steadyRows(shown.rows, fresh, list.nextCursor !== undefined);
  const isSame =
    next.rows.length === shown.rows.length &&
    next.rows.every((row, index) => row === shown.rows[index]);
  if (!isSame) setShown({ listKey, rows: next.rows });
  return { ...next, showNew };
}
