import { useCallback, useRef } from 'react';

function randomKey(): string {
  // Unlike `randomUUID`, this also exists on plain http.
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('');
}

/**
 * The key under which a request is sent. The same request keeps its key until it succeeds, so that
 * a double click, or a repeat after an answer that got lost, starts one instance only.
 */
export function useSubmissionKey() {
  const last = useRef<{ body: string; key: string }>();
  return useCallback((request: unknown) => {
    const body = JSON.stringify(request);
    if (last.current?.body !== body) {
      last.current = { body, key: randomKey() };
    }
    return last.current.key;
  }, []);
}
