import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { Progress } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useWorkflowDefinition } from '../api';
import { CopyButton, DownloadButton, Loaded } from '../layout';
import { orchestratorTranslationRef } from '../translation';

const DefinitionView = lazy(() => import('./DefinitionView'));

/** Diagram and source of a version of the workflow, side by side. */
export function DefinitionTab({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [params, setParams] = useSearchParams();
  const version =
    workflow.versions.find(each => each.version === params.get('version'))
      ?.version ?? workflow.version;
  const definition = useWorkflowDefinition(workflow.id, {
    version: version === workflow.version ? undefined : version,
  });
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
              <TextField
                select
                size="small"
                label={t('workflow.versionPicker')}
                value={version}
                onChange={event =>
                  setParams({ version: event.target.value }, { replace: true })
                }
                sx={{ minWidth: 160 }}
              >
                {workflow.versions.map(each => (
                  <MenuItem key={each.version} value={each.version}>
                    {each.version === workflow.version
                      ? t('workflow.latest', { version: each.version })
                      : each.version}
                  </MenuItem>
                ))}
              </TextField>
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
          <Suspense fallback={<Progress />}>
            <DefinitionView definition={loaded} />
          </Suspense>
        </>
      )}
    </Loaded>
  );
}
