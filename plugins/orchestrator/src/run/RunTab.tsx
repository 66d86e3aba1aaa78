import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { JsonObject } from '@backstage/types';
import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useCallback, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useInputSchema } from '../api';
import { Loaded } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { knownInput } from './knownInput';
import { prefill } from './prefill';
import { RunDraft, RunForm } from './RunForm';
import { versionChoice, VersionChoice } from './versionChoice';
import { VersionPicker } from './VersionPicker';

/** Why the workflow can't be run now, or the form to run one of its versions. */
export function RunTab({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [params, setParams] = useSearchParams();
  const choice = versionChoice(workflow, params.get('version') ?? undefined);
  const { run } = workflow.allowed;
  // The newest version may be out of reach while another is not.
  const isOtherStartable =
    run.cause !== 'permission' &&
    !workflow.startsByEvent &&
    choice.chosen !== undefined &&
    choice.chosen.version !== workflow.version;

  if (!run.allowed && !isOtherStartable) {
    return <Alert severity="info">{run.reason ?? t('run.failed')}</Alert>;
  }
  const hasChoice = workflow.versions.length > 1;
  const version = choice.chosen?.version ?? workflow.version;
  return (
    <>
      <MissedVersion choice={choice} />
      {hasChoice && (
        <Box sx={{ mb: 2 }}>
          <VersionPicker
            workflow={workflow}
            version={version}
            onChange={next =>
              setParams(
                before => {
                  const after = new URLSearchParams(before);
                  after.set('version', next);
                  return after;
                },
                { replace: true },
              )
            }
          />
        </Box>
      )}
      <VersionForm
        workflow={workflow}
        version={hasChoice ? version : undefined}
        params={params}
      />
    </>
  );
}

function MissedVersion({
  choice: { chosen, missed },
}: {
  choice: VersionChoice;
}) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  if (!missed || !chosen) return null;
  const { version, reason } = missed;
  const instead = chosen.version;
  return (
    <Alert severity="warning" sx={{ mb: 2 }}>
      {reason
        ? t('run.versionGone', { version, reason, instead })
        : t('run.versionUnknown', { version, instead })}
    </Alert>
  );
}

interface VersionFormProps {
  workflow: Workflow;
  /** Absent where there is only one. */
  version: string | undefined;
  params: URLSearchParams;
}

/** The form of one version, filled with what an earlier instance got or another version was given. */
function VersionForm({ workflow, version, params }: VersionFormProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const prefillFrom = params.get('prefillFrom') ?? undefined;
  const schema = useInputSchema(workflow.id, { version });
  const earlier = useInputSchema(workflow.id, { version, prefillFrom });
  const draft = useRef<RunDraft>();
  const keepDraft = useCallback((next: RunDraft) => {
    draft.current = next;
  }, []);
  const isTakingOver = prefillFrom !== undefined && earlier.isPending;
  const initialFor = (inputSchema: JsonObject | undefined): RunDraft => {
    if (draft.current) {
      const { data, options } = draft.current;
      return { data: knownInput(data, inputSchema), options };
    }
    const taken = (earlier.data?.prefill ?? {}) as JsonObject;
    return {
      data: inputSchema ? prefill(inputSchema, taken, params) : taken,
      options: {
        reference: params.get('reference') ?? '',
        entityRef: params.get('entityRef') ?? '',
      },
    };
  };
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
              key={JSON.stringify([prefillFrom, version])}
              workflow={workflow}
              schema={inputSchema as JsonObject | undefined}
              initial={initialFor(inputSchema as JsonObject | undefined)}
              version={version}
              onDraft={keepDraft}
            />
          </>
        )
      }
    </Loaded>
  );
}
