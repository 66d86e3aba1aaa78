import { useCallback, useEffect, useMemo, useState } from 'react';
import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { JsonValue } from '@backstage/types';

/** A setting of the viewer that the portal keeps; the fallback until something was set. */
export function useStored<Value extends JsonValue>(
  key: string,
  fallback: Value,
): [Value, (value: Value) => void] {
  const api = useApi(storageApiRef);
  const storage = useMemo(() => api.forBucket('orchestrator'), [api]);
  const [value, setValue] = useState(
    () => storage.snapshot<Value>(key).value as Value | undefined,
  );
  useEffect(() => {
    const subscription = storage
      .observe$<Value>(key)
      .subscribe(snapshot => setValue(snapshot.value as Value | undefined));
    return () => subscription.unsubscribe();
  }, [storage, key]);
  const change = useCallback(
    (next: Value) => {
      setValue(next);
      storage.set(key, next);
    },
    [storage, key],
  );
  return [value ?? fallback, change];
}
