import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { UseQueryResult } from '@tanstack/react-query';
import { Progress } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ReactNode } from 'react';
import { orchestratorTranslationRef } from '../translation';
import { LoadError } from './LoadError';

interface LoadedProps<Data> {
  query: UseQueryResult<Data, Error>;
  wayOut?: ReactNode;
  children: (data: Data) => ReactNode;
}

/**
 * Shows what was read. The first read shows progress; a failed one says why; once there is
 * something to see it stays, also while a later read fails.
 */
export function Loaded<Data>({ query, wayOut, children }: LoadedProps<Data>) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  if (query.data === undefined) {
    return query.error ? (
      <LoadError
        error={query.error}
        onRetry={() => query.refetch()}
        wayOut={wayOut}
      />
    ) : (
      <Progress />
    );
  }
  return (
    <>
      {query.error && (
        <Alert
          severity="warning"
          sx={{ mb: 2 }}
          action={
            <Button
              color="inherit"
              size="small"
              onClick={() => query.refetch()}
            >
              {t('common.retryLoad')}
            </Button>
          }
        >
          {t('common.refreshFailed', { message: query.error.message })}
        </Alert>
      )}
      {children(query.data)}
    </>
  );
}
