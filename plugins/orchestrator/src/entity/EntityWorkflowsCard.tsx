import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { PluginRoot } from '../PluginRoot';
import { Loaded, Panel } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { EntityWorkflowList } from './EntityWorkflowList';
import { NoEntityWorkflows } from './NoEntityWorkflows';
import { useEntityWorkflows } from './useEntityWorkflows';

/** On the overview of an entity: its workflows in short. */
export function EntityWorkflowsCard() {
  return (
    <PluginRoot>
      <Card />
    </PluginRoot>
  );
}

function Card() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { entityRef, ids, query, workflows } = useEntityWorkflows();
  return (
    <Panel title={t('entity.cardTitle')} flush>
      <Loaded query={query}>
        {() =>
          workflows && workflows.length > 0 ? (
            <EntityWorkflowList
              workflows={workflows}
              entityRef={entityRef}
              isCompact
            />
          ) : (
            <NoEntityWorkflows ids={ids} />
          )
        }
      </Loaded>
    </Panel>
  );
}
