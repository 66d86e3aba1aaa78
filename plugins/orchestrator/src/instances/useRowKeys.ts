import { RefObject, useEffect } from 'react';

interface RowKeys {
  /** Contains the rows; each row's main link has the attribute `data-row-link`. */
  listRef: RefObject<HTMLElement>;
  searchRef: RefObject<HTMLInputElement>;
  onHelp: () => void;
  isEnabled: boolean;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    // In a row's own checkbox the keys go on to mean rows.
    !(target instanceof HTMLInputElement && target.type === 'checkbox') &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
      target.closest('[role="dialog"], [role="listbox"], [role="menu"]') !==
        null)
  );
}

/** The checkbox of the row that has the focus. */
function currentCheckbox(list: HTMLElement | null) {
  return [...(list?.querySelectorAll('tbody tr') ?? [])]
    .find(row => row.contains(document.activeElement))
    ?.querySelector<HTMLElement>('input[type="checkbox"]');
}

function moveBy(step: number, list: HTMLElement | null) {
  const links = [
    ...(list?.querySelectorAll<HTMLElement>('[data-row-link]') ?? []),
  ];
  const current = links.findIndex(link =>
    link.closest('tr')?.contains(document.activeElement),
  );
  const next = current < 0 ? 0 : current + step;
  links[Math.min(links.length - 1, Math.max(0, next))]?.focus();
}

/**
 * j and k move between rows, x selects one, / goes to the search, ? shows the keys. Enter needs no help: the
 * focus is on the row's link.
 */
export function useRowKeys({ listRef, searchRef, onHelp, isEnabled }: RowKeys) {
  useEffect(() => {
    if (!isEnabled) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      const actions: Record<string, () => void> = {
        j: () => moveBy(1, listRef.current),
        k: () => moveBy(-1, listRef.current),
        x: () => currentCheckbox(listRef.current)?.click(),
        '/': () => searchRef.current?.focus(),
        '?': onHelp,
      };
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [listRef, searchRef, onHelp, isEnabled]);
}
