import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import PlayArrowIcon from '@mui/icons-material/PlayArrow';
import { Progress } from '@backstage/core-components';
import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { JsonObject } from '@backstage/types';
import {
  RunRequest,
  Workflow,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useRunWorkflow } from '../api';
import { CopyButton, Panel } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';
import { curlCommand } from './curlCommand';
import { JsonInput } from './JsonInput';
import { ModeSwitch } from './ModeSwitch';
import { RunFailure } from './RunFailure';
import { Options, RunOptions } from './RunOptions';
import {
  problemsOf,
  ServerProblems,
  standingDetails,
  toErrorSchema,
} from './serverProblems';
import { useSubmissionKey } from './useSubmissionKey';

const InputForm = lazy(() => import('./form/InputForm'));

/** What someone enters to run a workflow. */
export interface RunDraft {
  data: JsonObject;
  options: Options;
}

interface RunFormProps {
  workflow: Workflow;
  schema: JsonObject | undefined;
  initial: RunDraft;
  /** Which version to run; absent where there is only one. */
  version: string | undefined;
  /** True while it can't be run. */
  isBlocked: boolean;
  /** Tells what has been entered so far. */
  onDraft: (draft: RunDraft) => void;
}

/** The input of a workflow, as a form or as JSON, and the button that runs it. */
export function RunForm(props: RunFormProps) {
  const { workflow, schema, initial, version, isBlocked, onDraft } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [isForm, setForm] = useState(schema !== undefined);
  const [data, setData] = useState(initial.data);
  const [jsonText, setJsonText] = useState<string>();
  const [options, setOptions] = useState(initial.options);
  useEffect(() => onDraft({ data, options }), [onDraft, data, options]);
  const toRequest = (input: JsonObject) => requestOf(input, options, version);
  const { run, send, problems } = useSubmit(workflow.id, toRequest);
  const submit = (input: JsonObject) => {
    if (!isBlocked) send(input);
  };
  const details = useMemo(
    () => (problems ? standingDetails(problems, data) : []),
    [problems, data],
  );
  const extraErrors = useMemo(() => toErrorSchema(details), [details]);

  const showForm = () => {
    setJsonText(undefined);
    setForm(true);
  };
  const buttons = (
    <RunButtons
      workflowId={workflow.id}
      request={toRequest(data)}
      isBusy={run.isPending}
      isBlocked={isBlocked}
    />
  );
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        alignItems: 'start',
        gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 1fr) 320px' },
      }}
    >
      <Panel
        title={t('run.input')}
        action={
          schema && (
            <ModeSwitch
              isForm={isForm}
              canShowForm={jsonText === undefined}
              onForm={showForm}
              onJson={() => setForm(false)}
            />
          )
        }
      >
        <RunFailure error={run.error} details={details} isListed={!isForm} />
        {isForm && schema ? (
          <Suspense fallback={<Progress />}>
            <InputForm
              schema={schema}
              data={data}
              onChange={setData}
              onSubmit={submit}
              extraErrors={extraErrors}
              isBusy={run.isPending}
            >
              {buttons}
            </InputForm>
          </Suspense>
        ) : (
          <JsonInput
            data={data}
            brokenText={jsonText}
            hint={schema ? undefined : t('run.noSchema')}
            onChange={setData}
            onBroken={setJsonText}
            onSubmit={() => submit(data)}
          >
            {buttons}
          </JsonInput>
        )}
      </Panel>
      <Panel title={t('run.options')}>
        <RunOptions options={options} onChange={setOptions} />
      </Panel>
    </Box>
  );
}

function requestOf(
  input: JsonObject,
  options: Options,
  version: string | undefined,
): RunRequest {
  const reference = options.reference.trim();
  const entityRef = options.entityRef.trim();
  return {
    input,
    ...(version && { version }),
    ...(reference && { reference }),
    ...(entityRef && { entityRef }),
  };
}

function useSubmit(
  workflowId: string,
  toRequest: (input: JsonObject) => RunRequest,
) {
  const run = useRunWorkflow(workflowId);
  const keyOf = useSubmissionKey();
  const navigate = useNavigate();
  const links = useLinks();
  const [problems, setProblems] = useState<ServerProblems>();
  const send = (input: JsonObject) => {
    if (run.isPending) return;
    const request = toRequest(input);
    setProblems(undefined);
    run.mutate(
      { request, idempotencyKey: keyOf([workflowId, request]) },
      {
        onSuccess: instance => navigate(links.instance(instance.id)),
        onError: error => setProblems(problemsOf(error, input)),
      },
    );
  };
  return { run, send, problems };
}

interface RunButtonsProps {
  workflowId: string;
  request: RunRequest;
  isBusy: boolean;
  isBlocked: boolean;
}

function RunButtons(props: RunButtonsProps) {
  const { workflowId, request, isBusy, isBlocked } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const discovery = useApi(discoveryApiRef);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      <Button
        type="submit"
        variant="contained"
        disabled={isBusy || isBlocked}
        startIcon={
          isBusy ? (
            <CircularProgress size={16} color="inherit" />
          ) : (
            <PlayArrowIcon />
          )
        }
      >
        {isBusy ? t('run.submitting') : t('run.submit')}
      </Button>
      <CopyButton
        title={t('run.curlHint')}
        text={async () =>
          curlCommand(
            await discovery.getBaseUrl('orchestrator'),
            workflowId,
            request,
          )
        }
      >
        {t('run.copyCurl')}
      </CopyButton>
    </Box>
  );
}
