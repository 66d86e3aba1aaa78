import { useMemo, useState } from 'react';

/** Which instances are selected: single ones, on any page, or all that match. */
export interface Selection {
  ids: ReadonlySet<string>;
  isAll: boolean;
  has(id: string): boolean;
  /** With all selected, it goes back to the single ones, without this one. */
  toggle(id: string): void;
  /** Adds or removes the shown rows. */
  setShown(ids: string[], isSelected: boolean): void;
  selectAll(): void;
  clear(): void;
}

interface State {
  filterKey: string;
  ids: ReadonlySet<string>;
  isAll: boolean;
}

/**
 * @param filterKey - another filter means other instances: the selection starts anew
 */
export function useSelection(filterKey: string): Selection {
  const [kept, setState] = useState<State>();
  return useMemo(() => {
    const state: State =
      kept?.filterKey === filterKey
        ? kept
        : { filterKey, ids: new Set(), isAll: false };
    const select = (ids: Iterable<string>, isAll = false) =>
      setState({ filterKey, ids: new Set(ids), isAll });
    return {
      ids: state.ids,
      isAll: state.isAll,
      has: id => state.isAll || state.ids.has(id),
      toggle: id => {
        const ids = new Set(state.ids);
        if (!ids.delete(id) && !state.isAll) ids.add(id);
        select(ids);
      },
      setShown: (shown, isSelected) =>
        select(
          isSelected
            ? [...state.ids, ...shown]
            : [...state.ids].filter(id => !shown.includes(id)),
        ),
      selectAll: () => select(state.ids, true),
      clear: () => select([]),
    };
  }, [kept, filterKey]);
}
