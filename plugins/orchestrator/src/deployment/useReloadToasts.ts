import { useEffect, useRef } from 'react';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DeploymentReload } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorTranslationRef } from '../translation';

/** Tells of each reload that happens while someone looks on. */
export function useReloadToasts(reloads: DeploymentReload[] | undefined) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const alertApi = useApi(alertApiRef);
  const lastSeen = useRef<string>();
  useEffect(() => {
    if (!reloads) return;
    const newest = reloads[0]?.at ?? '';
    const since = lastSeen.current;
    lastSeen.current = newest;
    if (since === undefined) return;
    const fresh = reloads.filter(
      ({ at }) => Date.parse(at) > (Date.parse(since) || 0),
    );
    for (const { loaded, removed, failed } of fresh.reverse()) {
      const post = (
        key: 'loaded' | 'removed' | 'failed',
        names: string[],
        severity: 'success' | 'info' | 'error',
      ) => {
        if (names.length === 0) return;
        alertApi.post({
          message: t(`deployment.toast.${key}`, { names: names.join(', ') }),
          severity,
          display: 'transient',
        });
      };
      post('loaded', loaded, 'success');
      post('removed', removed, 'info');
      post('failed', failed, 'error');
    }
  }, [reloads, alertApi, t]);
}
