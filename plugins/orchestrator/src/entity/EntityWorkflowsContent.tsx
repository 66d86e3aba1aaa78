import Stack from '@mui/material/Stack';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { PluginRoot } from '../PluginRoot';
import { InstanceBrowser } from '../instances/InstanceBrowser';
import { DevModeBanner, Loaded, Panel } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { EntityWorkflowList } from './EntityWorkflowList';
import { NoEntityWorkflows } from './NoEntityWorkflows';
import { useEntityWorkflows } from './useEntityWorkflows';

/** On the page of an entity: its workflows, ready to run for it, and the instances about it. */
export function EntityWorkflowsContent() {
  return (
    <PluginRoot>
      <Content />
    </PluginRoot>
  );
}

function Content() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { entityRef, ids, query, workflows } = useEntityWorkflows();
  return (
    <>
      <DevModeBanner />
      <Stack gap={2}>
        <Panel title={t('entity.title')} flush>
          <Loaded query={query}>
            {() =>
              workflows && workflows.length > 0 ? (
                <EntityWorkflowList
                  workflows={workflows}
                  entityRef={entityRef}
                />
              ) : (
                <NoEntityWorkflows ids={ids} />
              )
            }
          </Loaded>
        </Panel>
        <Panel title={t('entity.instances')}>
          <InstanceBrowser
            entityRef={entityRef}
            emptyDescription={t('entity.noInstances')}
          />
        </Panel>
      </Stack>
    </>
  );
}
