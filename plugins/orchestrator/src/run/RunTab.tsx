import Alert from '@mui/material/Alert';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { JsonObject } from '@backstage/types';
import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useSearchParams } from 'react-router-dom';
import { useInputSchema } from '../api';
import { Loaded } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { RunForm } from './RunForm';

/** Why the workflow can't be run now, or the form to run it. */
export function RunTab({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [params] = useSearchParams();
  const prefillFrom = params.get('prefillFrom') ?? undefined;
  const schema = useInputSchema(workflow.id);
  const earlier = useInputSchema(workflow.id, prefillFrom);
  const { run } = workflow.allowed;

  if (!run.allowed) {
    return <Alert severity="info">{run.reason ?? t('run.failed')}</Alert>;
  }
  const isTakingOver = prefillFrom !== undefined && earlier.isPending;
  return (
    <Loaded query={schema}>
      {({ schema: inputSchema }) =>
        !isTakingOver && (
          <>
            {prefillFrom && (
              <Alert
                severity={earlier.error ? 'warning' : 'info'}
                sx={{ mb: 2 }}
              >
                {earlier.error
                  ? t('run.prefillFailed', {
                      id: prefillFrom,
                      message: earlier.error.message,
                    })
                  : t('run.prefilled', { id: prefillFrom })}
              </Alert>
            )}
            <RunForm
              key={prefillFrom}
              workflow={workflow}
              schema={inputSchema as JsonObject | undefined}
              initial={(earlier.data?.prefill ?? {}) as JsonObject}
              params={params}
            />
          </>
        )
      }
    </Loaded>
  );
}
