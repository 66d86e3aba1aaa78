import Stack from '@mui/material/Stack';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useSearchParams } from 'react-router-dom';
import { useInstance } from '../api';
import { EmptyMessage, Loaded } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { DataComparison } from './DataComparison';
import { FactsComparison } from './FactsComparison';
import { InstancePicker } from './InstancePicker';
import { StepComparison } from './StepComparison';

/** This instance beside another one of its workflow: what differs in input, way and time. */
export function CompareTab({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [params, setParams] = useSearchParams();
  const otherId = params.get('with') ?? '';
  return (
    <Stack gap={2}>
      <InstancePicker
        instance={instance}
        otherId={otherId}
        onChange={id => setParams({ with: id }, { replace: true })}
      />
      {otherId ? (
        <Comparison key={otherId} instance={instance} otherId={otherId} />
      ) : (
        <EmptyMessage
          title={t('compare.title')}
          description={t('compare.hint')}
        />
      )}
    </Stack>
  );
}

interface ComparisonProps {
  instance: InstanceDetail;
  otherId: string;
}

function Comparison({ instance, otherId }: ComparisonProps) {
  const other = useInstance(otherId);
  return (
    <Loaded query={other}>
      {loaded => (
        <>
          <FactsComparison left={instance} right={loaded} />
          <StepComparison left={instance} right={loaded} />
          <DataComparison left={instance} right={loaded} />
        </>
      )}
    </Loaded>
  );
}
