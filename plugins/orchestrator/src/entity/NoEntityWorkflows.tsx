import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyMessage } from '../layout';
import { orchestratorTranslationRef } from '../translation';

/** The annotation names workflows that are not there. */
export function NoEntityWorkflows({ ids }: { ids: string[] }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <EmptyMessage
      title={t('entity.empty')}
      description={t('entity.emptyHint', { ids: ids.join(', ') })}
    />
  );
}
