import { useApi } from '@backstage/core-plugin-api';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useCallback } from 'react';
import { orchestratorApiRef } from './orchestratorApiRef';
import { readNodes } from './readNodes';

/** Reads all that the viewer may see of an instance, as JSON. */
export function useReadEverything(
  instance: InstanceDetail,
): () => Promise<string> {
  const api = useApi(orchestratorApiRef);
  return useCallback(async () => {
    const { allowed, ...facts } = instance;
    const nodes = await readNodes({
      before: undefined,
      readPage: page => api.listInstanceNodes(instance.id, page),
      onProgress: () => {},
    });
    const data = allowed.readData.allowed
      ? await api.getInstanceData(instance.id)
      : {};
    return JSON.stringify(
      { instance: facts, ...data, nodes: nodes.items },
      undefined,
      2,
    );
  }, [api, instance]);
}
