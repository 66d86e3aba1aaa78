import Stack from '@mui/material/Stack';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { JsonObject } from '@backstage/types';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ReactNode, useState } from 'react';
import { useInstanceData } from '../api';
import { JsonView } from '../json/JsonView';
import { DownloadButton, EmptyMessage, Loaded, Panel } from '../layout';
import { isUnfinished } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { EditDataButton } from './EditDataButton';
import { LazyEditDataDialog } from './LazyEditDataDialog';

/** The workflow data as it is now, and the input. */
export function DataTab({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { readData } = instance.allowed;
  const [edited, setEdited] = useState<JsonObject>();
  const query = useInstanceData(instance.id, {
    enabled: readData.allowed,
    canChange: isUnfinished(instance.state),
  });
  if (!readData.allowed) {
    return (
      <EmptyMessage title={t('data.hidden')} description={readData.reason} />
    );
  }
  return (
    <Loaded query={query}>
      {({ data, input }) => (
        <Stack gap={2}>
          <DataPanel
            title={t('data.title')}
            action={
              isUnfinished(instance.state) && (
                <EditDataButton
                  instance={instance}
                  isRetried={false}
                  onEdit={setEdited}
                />
              )
            }
            value={data}
            fileName={`${instance.workflowId}-${instance.id}.json`}
          />
          {edited && (
            <LazyEditDataDialog
              instanceId={instance.id}
              data={edited}
              isRetried={false}
              onClose={() => setEdited(undefined)}
            />
          )}
          {input !== undefined && (
            <DataPanel
              title={t('data.input')}
              value={input}
              fileName={`${instance.workflowId}-${instance.id}-input.json`}
            />
          )}
        </Stack>
      )}
    </Loaded>
  );
}

interface DataPanelProps {
  title: string;
  action?: ReactNode;
  value: unknown;
  fileName: string;
}

function DataPanel({ title, action, value, fileName }: DataPanelProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <Panel title={title} action={action}>
      <JsonView
        value={value}
        label={title}
        actions={
          <DownloadButton
            fileName={fileName}
            text={() => JSON.stringify(value, undefined, 2)}
          >
            {t('data.download')}
          </DownloadButton>
        }
      />
    </Panel>
  );
}
