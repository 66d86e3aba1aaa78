import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { Progress } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  Workflow,
  WorkflowDefinition,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useWorkflowDefinition } from '../api';
import { LazyDiffView } from '../diff/LazyDiffView';
import { CopyButton, DownloadButton, Loaded, Panel } from '../layout';
import { orchestratorTranslationRef } from '../translation';

const DefinitionView = lazy(() => import('./DefinitionView'));

/** Diagram and source of a version of the workflow, or how two versions differ. */
export function DefinitionTab({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [params, setParams] = useSearchParams();
  const known = (name: string) =>
    workflow.versions.find(({ version }) => version === params.get(name))
      ?.version;
  const version = known('version') ?? workflow.version;
  const compared = known('compare');
  const definition = useWorkflowDefinition(workflow.id, {
    version: version === workflow.version ? undefined : version,
  });
  const choose = (next: { version?: string; compare?: string }) =>
    setParams(
      {
        version,
        ...(compared && { compare: compared }),
        ...next,
      },
      { replace: true },
    );
  return (
    <Loaded query={definition}>
      {loaded => (
        <>
          <Stack
            direction="row"
            flexWrap="wrap"
            alignItems="center"
            gap={1}
            sx={{ mb: 2 }}
          >
            {workflow.versions.length > 1 && (
              <>
                <VersionSelect
                  label={t('workflow.versionPicker')}
                  workflow={workflow}
                  value={version}
                  onChange={next => choose({ version: next })}
                />
                <VersionSelect
                  label={t('workflow.compareWith')}
                  workflow={workflow}
                  value={compared ?? ''}
                  none={t('workflow.compareNone')}
                  onChange={next =>
                    next
                      ? choose({ compare: next })
                      : setParams({ version }, { replace: true })
                  }
                />
              </>
            )}
            <CopyButton variant="outlined" text={() => loaded.source}>
              {t('workflow.copySource')}
            </CopyButton>
            <DownloadButton
              fileName={`${workflow.id}.sw.${loaded.format}`}
              text={() => loaded.source}
            >
              {t('workflow.downloadSource')}
            </DownloadButton>
          </Stack>
          {compared ? (
            <Comparison
              key={compared}
              workflowId={workflow.id}
              version={compared}
              with={loaded}
            />
          ) : (
            <Suspense fallback={<Progress />}>
              <DefinitionView definition={loaded} />
            </Suspense>
          )}
        </>
      )}
    </Loaded>
  );
}

interface VersionSelectProps {
  label: string;
  workflow: Workflow;
  value: string;
  /** Text of the choice of none, where that is one. */
  none?: string;
  onChange: (version: string) => void;
}

function VersionSelect(props: VersionSelectProps) {
  const { label, workflow, value, none, onChange } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <TextField
      select
      size="small"
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ displayEmpty: none !== undefined }}
      sx={{ minWidth: 160 }}
    >
      {none !== undefined && <MenuItem value="">{none}</MenuItem>}
      {workflow.versions.map(({ version }) => (
        <MenuItem key={version} value={version}>
          {version === workflow.version
            ? t('workflow.latest', { version })
            : version}
        </MenuItem>
      ))}
    </TextField>
  );
}

interface ComparisonProps {
  workflowId: string;
  /** The one to compare with: what it has is what came before. */
  version: string;
  with: WorkflowDefinition;
}

/** What changed from one version to the other. */
function Comparison({ workflowId, version, with: later }: ComparisonProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const query = useWorkflowDefinition(workflowId, { version });
  const title = t('workflow.changes', { from: version, to: later.version });
  return (
    <Loaded query={query}>
      {earlier => (
        <Panel title={title}>
          <LazyDiffView
            label={t('workflow.source')}
            before={earlier.source}
            after={later.source}
            maxHeight="70vh"
          />
        </Panel>
      )}
    </Loaded>
  );
}
