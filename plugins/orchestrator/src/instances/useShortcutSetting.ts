import { useCallback, useEffect, useMemo, useState } from 'react';
import { storageApiRef, useApi } from '@backstage/core-plugin-api';

const key = 'shortcuts';

/** Whether single-key shortcuts work; users of speech input want them off. */
export function useShortcutSetting(): [boolean, (isEnabled: boolean) => void] {
  const api = useApi(storageApiRef);
  const storage = useMemo(() => api.forBucket('orchestrator'), [api]);
  const [isEnabled, setEnabled] = useState(
    () => storage.snapshot<boolean>(key).value ?? true,
  );
  useEffect(() => {
    const subscription = storage
      .observe$<boolean>(key)
      .subscribe(({ value }) => setEnabled(value ?? true));
    return () => subscription.unsubscribe();
  }, [storage]);
  const change = useCallback(
    (value: boolean) => {
      setEnabled(value);
      storage.set(key, value);
    },
    [storage],
  );
  return [isEnabled, change];
}
