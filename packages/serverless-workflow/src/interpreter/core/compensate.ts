import { Draft } from './Draft';
import { push } from './flow';
import { PROCESS_TOKEN } from './InstanceState';

/** Undoes the completed states that can be undone, the last one first. */
export function compensate(draft: Draft): void {
  push(
    draft,
    [...draft.completed].reverse().map(node => ({
      node,
      container: PROCESS_TOKEN,
    })),
  );
}
