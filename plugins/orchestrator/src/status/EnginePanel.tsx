import CheckCircleIcon from '@mui/icons-material/CheckCircleOutline';
import CloudOffIcon from '@mui/icons-material/CloudOff';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { OrchestratorStatus } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useFormat } from '../format';
import { Facts, Panel } from '../layout';
import { ToneChip } from '../states';
import { orchestratorTranslationRef } from '../translation';

/** Whether the engine answers, how quickly, and what it is. */
export function EnginePanel({ status }: { status: OrchestratorStatus }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const { engine, mode, health } = status;
  return (
    <Panel
      title={t('status.engine.title')}
      action={
        health.reachable ? (
          <ToneChip icon={CheckCircleIcon} tone="good">
            {t('status.engine.reachable')}
          </ToneChip>
        ) : (
          <ToneChip icon={CloudOffIcon} tone="bad">
            {t('status.engine.unreachable')}
          </ToneChip>
        )
      }
    >
      <Facts
        facts={[
          { label: t('status.engine.name'), value: engine },
          { label: t('status.engine.mode'), value: t(`status.engine.${mode}`) },
          { label: t('status.engine.version'), value: health.version },
          {
            label: t('status.engine.latency'),
            value:
              health.latencyMs !== undefined
                ? format.duration(health.latencyMs)
                : undefined,
          },
          { label: t('status.engine.message'), value: health.message },
        ]}
      />
    </Panel>
  );
}
