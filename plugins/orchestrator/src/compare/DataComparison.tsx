import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useInstanceData } from '../api';
import { LazyDiffView } from '../diff/LazyDiffView';
import { EmptyMessage, Loaded, Panel } from '../layout';
import { isUnfinished } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { ComparedInstances } from './FactsComparison';

const textOf = (value: unknown) => JSON.stringify(value ?? {}, undefined, 2);

function useDataOf({ id, state, allowed }: InstanceDetail) {
  return useInstanceData(id, {
    enabled: allowed.readData.allowed,
    canChange: isUnfinished(state),
  });
}

/** The lines in which input and data of two instances differ. */
export function DataComparison({ left, right }: ComparedInstances) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const before = useDataOf(left);
  const after = useDataOf(right);
  if (!left.allowed.readData.allowed || !right.allowed.readData.allowed) {
    return <EmptyMessage title={t('compare.hidden')} />;
  }
  return (
    <Loaded query={before}>
      {mine => (
        <Loaded query={after}>
          {other => (
            <>
              {[
                [t('data.input'), mine.input, other.input] as const,
                [t('data.title'), mine.data, other.data] as const,
              ].map(([title, from, to]) => (
                <Panel key={title} title={title}>
                  <LazyDiffView
                    label={`${title}: ${t('compare.difference')}`}
                    before={textOf(from)}
                    after={textOf(to)}
                    maxHeight="60vh"
                  />
                </Panel>
              ))}
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
