import { cancelMembers } from './cancel';
import { compensate } from './compensate';
import { Draft } from './Draft';
import { PROCESS_TOKEN } from './InstanceState';

/** Ends the instance as completed, whatever else still runs. */
export function completeInstance(draft: Draft): void {
  cancelMembers(draft, PROCESS_TOKEN);
  draft.work = undefined;
  if (!draft.aborting) {
    draft.status = 'COMPLETED';
  }
}

/** Cancels everything and undoes the completed states; the instance ends when that is done. */
export function abortInstance(draft: Draft): void {
  if (draft.aborting) {
    finishAbort(draft);
    return;
  }
  draft.aborting = true;
  draft.status = 'ACTIVE';
  draft.error = undefined;
  cancelMembers(draft, PROCESS_TOKEN);
  draft.work = undefined;
  draft.blockedOn = undefined;
  compensate(draft);
}

/** Ends an instance whose compensation is done, or waits for what nobody will deliver any more. */
export function finishAbort(draft: Draft): void {
  cancelMembers(draft, PROCESS_TOKEN);
  draft.work = undefined;
  draft.blockedOn = undefined;
  draft.aborting = false;
  draft.status = 'ABORTED';
}
