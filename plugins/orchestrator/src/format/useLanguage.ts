import { useCallback, useSyncExternalStore } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '@backstage/core-plugin-api/alpha';

/**
 * The language to format in: the portal's language, in the viewer's own regional form where the
 * browser names one (`en` becomes `en-GB` for a British viewer).
 */
export function useLanguage(): string {
  const api = useApiHolder().get(appLanguageApiRef);
  const subscribe = useCallback(
    (notify: () => void) => {
      const subscription = api?.language$().subscribe(notify);
      return () => subscription?.unsubscribe();
    },
    [api],
  );
  const language = useSyncExternalStore(
    subscribe,
    () => api?.getLanguage().language ?? 'en',
  );
  return (
    navigator.languages.find(
      candidate =>
        candidate === language || candidate.startsWith(`${language}-`),
    ) ?? language
  );
}
