import Button from '@mui/material/Button';
import { ResponseErrorPanel } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { isOrchestratorError } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ReactNode } from 'react';
import { orchestratorTranslationRef } from '../translation';
import { EmptyMessage } from './EmptyMessage';

interface LoadErrorProps {
  error: Error;
  onRetry: () => void;
  /** Ways on when the thing does not exist. */
  wayOut?: ReactNode;
}

/** Instead of what could not be read: the reason, and what to do. */
export function LoadError({ error, onRetry, wayOut }: LoadErrorProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const status = isOrchestratorError(error) ? error.status : undefined;
  if (status === 403) {
    return (
      <EmptyMessage
        title={t('common.notAllowed.title')}
        description={t('common.notAllowed.description')}
        action={wayOut}
      />
    );
  }
  if (status === 404) {
    return (
      <EmptyMessage
        title={t('common.notFound.title')}
        description={error.message || t('common.notFound.description')}
        action={wayOut}
      />
    );
  }
  return (
    <div role="alert">
      <ResponseErrorPanel error={error} title={error.message} />
      <Button variant="outlined" onClick={onRetry} sx={{ mt: 2 }}>
        {t('common.retryLoad')}
      </Button>
    </div>
  );
}
