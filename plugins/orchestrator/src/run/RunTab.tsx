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
import { useShownVersion } from './useShownVersion';
import { RunObstacle, runObstacle } from './versionChoice';
import { VersionPicker } from './VersionPicker';

/** Why the workflow can't be run now, or the form to run one of its versions. */
export function RunTab({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [params, setParams] = useSearchParams();
  const wanted = params.get('version') ?? undefined;
  const { shown, release } = useShownVersion(workflow, wanted);

  if (!shown) {
    const { run } = workflow.allowed;
    const { reason } = run.allowed ? workflow.availability : run;
    return <Alert severity="info">{reason ?? t('run.failed')}</Alert>;
  }
  const { version, missed } = shown;
  const obstacle = runObstacle(workflow, version);
  const hasChoice = workflow.versions.some(each => each.version !== version);
  const choose = (next: string) => {
    release();
    setParams(
      before => {
        const after = new URLSearchParams(before);
        after.set('version', next);
        return after;
      },
      { replace: true },
    );
  };
  return (
    <>
      {missed && <MissedVersion {...missed} instead={version} />}
      {obstacle && <ObstacleAlert version={version} {...obstacle} />}
      {hasChoice && (
        <Box sx={{ mb: 2 }}>
          <VersionPicker
            workflow={workflow}
            version={version}
            onChange={choose}
          />
        </Box>
      )}
      <VersionForm
        workflow={workflow}
        version={version}
        hasChoice={hasChoice}
        isBlocked={obstacle !== undefined}
        params={params}
      />
    </>
  );
}

interface MissedVersionProps {
  version: string;
  reason?: string;
  instead: string;
}

function MissedVersion({ version, reason, instead }: MissedVersionProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <Alert severity="warning" sx={{ mb: 2 }}>
      {reason
        ? t('run.versionGone', { version, reason, instead })
        : t('run.versionUnknown', { version, instead })}
    </Alert>
  );
}

interface ObstacleAlertProps extends RunObstacle {
  version: string;
}

/** Why the form that is shown can't be sent for now. */
function ObstacleAlert({ version, reason }: ObstacleAlertProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <Alert severity="warning" sx={{ mb: 2 }}>
      {reason
        ? t('run.notNow', { version, reason })
        : t('run.notNowUnknown', { version })}
    </Alert>
  );
}

interface VersionFormProps {
  workflow: Workflow;
  version: string;
  /** True where the version must be named, as there are others. */
  hasChoice: boolean;
  /** True while it can't be run. */
  isBlocked: boolean;
  params: URLSearchParams;
}

/** The form of one version, filled with what an earlier instance got or another version was given. */
function VersionForm(props: VersionFormProps) {
  const { workflow, version, hasChoice, isBlocked, params } = props;
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
              version={hasChoice ? version : undefined}
              isBlocked={isBlocked}
              onDraft={keepDraft}
            />
          </>
        )
      }
    </Loaded>
  );
}
