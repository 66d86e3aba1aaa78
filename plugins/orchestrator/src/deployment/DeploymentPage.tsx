import Stack from '@mui/material/Stack';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useDeployment, useMode } from '../api';
import { useFormat } from '../format';
import {
  EmptyMessage,
  Facts,
  Loaded,
  PageFrame,
  Panel,
  useSectionTabs,
} from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { FileTable } from './FileTable';
import { ProblemList } from './ProblemList';
import { ReloadList } from './ReloadList';
import { useReloadToasts } from './useReloadToasts';

/** Dev mode: the workflow folder, what was loaded from it and what could not be. */
export function DeploymentPage() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const tabs = useSectionTabs('deployment');
  const { data: mode } = useMode();
  return (
    <PageFrame
      title={t('deployment.title')}
      tabs={tabs}
      tabsLabel={t('navigation.sections')}
    >
      {mode?.mode === 'production' ? (
        <EmptyMessage
          title={t('deployment.title')}
          description={t('deployment.production')}
        />
      ) : (
        <DeploymentContent />
      )}
    </PageFrame>
  );
}

function DeploymentContent() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const query = useDeployment();
  useReloadToasts(query.data?.reloads);
  return (
    <Loaded query={query}>
      {({ folder, files, reloads, errorCount }) => (
        <Stack gap={2}>
          <Facts
            facts={[
              { label: t('deployment.folder'), value: <code>{folder}</code> },
              {
                label: t('deployment.files'),
                value: format.number(files.length),
              },
              {
                label: t('deployment.errors'),
                value:
                  errorCount > 0
                    ? format.number(errorCount)
                    : t('deployment.noErrors'),
              },
            ]}
          />
          <ProblemList files={files} />
          {files.length > 0 ? (
            <FileTable files={files} />
          ) : (
            <EmptyMessage title={t('deployment.empty')} />
          )}
          <Panel title={t('deployment.reloads')}>
            <ReloadList reloads={reloads} />
          </Panel>
        </Stack>
      )}
    </Loaded>
  );
}
