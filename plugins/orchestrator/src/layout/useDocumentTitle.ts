import { useEffect } from 'react';
import { configApiRef, useApi } from '@backstage/core-plugin-api';

/** Names the browser tab after the page; the earlier name comes back when the page is left. */
export function useDocumentTitle(title: string) {
  const config = useApi(configApiRef);
  const portal = config.getOptionalString('app.title') ?? 'Backstage';
  useEffect(() => {
    const before = document.title;
    document.title = `${title} | ${portal}`;
    return () => {
      document.title = before;
    };
  }, [title, portal]);
}
