import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { InstanceFilter, readFilter, writeFilter } from './instanceFilter';

/** The filter of an instance list. It lives in the address: links, reload and back show the same. */
export function useInstanceFilter() {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => readFilter(params), [params]);
  const change = useCallback(
    (part: Partial<InstanceFilter>) =>
      setParams(
        before =>
          // Another filter or order starts at its first page.
          writeFilter({ ...readFilter(before), cursor: '', ...part }, before),
        { replace: part.cursor === undefined },
      ),
    [setParams],
  );
  const clear = useCallback(
    () =>
      change({
        workflowIds: [],
        states: [],
        initiator: '',
        entityRef: '',
        search: '',
        range: 'any',
        from: '',
        to: '',
      }),
    [change],
  );
  return { filter, change, clear };
}
