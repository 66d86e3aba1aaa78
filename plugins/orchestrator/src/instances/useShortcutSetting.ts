import { useStored } from '../useStored';

/** Whether single-key shortcuts work; users of speech input want them off. */
export function useShortcutSetting() {
  return useStored<boolean>('shortcuts', true);
}
