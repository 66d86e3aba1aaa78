import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  InputProblemDetail,
  isOrchestratorError,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorTranslationRef } from '../translation';

interface RunFailureProps {
  error: Error | null;
  /** What is still wrong with the input. */
  details: InputProblemDetail[];
  /** Lists the details; the form shows them at its fields. */
  isListed: boolean;
}

/** Why a run did not happen, or may have happened without an answer. */
export function RunFailure({ error, details, isListed }: RunFailureProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  if (!error) return null;
  if (!isOrchestratorError(error)) {
    return (
      <Alert severity="warning" sx={{ mb: 2 }}>
        {t('run.unsure')}
      </Alert>
    );
  }
  const wasAboutInput = error.details.length > 0;
  if (wasAboutInput && details.length === 0) return null;
  return (
    <Alert severity="error" sx={{ mb: 2 }}>
      <AlertTitle>
        {wasAboutInput
          ? t('run.problems', { count: details.length })
          : t('run.failed')}
      </AlertTitle>
      {!wasAboutInput && error.message}{' '}
      {error.retryAfterSeconds !== undefined &&
        t('run.retryAfter', { seconds: String(error.retryAfterSeconds) })}
      {wasAboutInput && isListed && (
        <ul style={{ margin: 0, paddingLeft: 16 }}>
          {details.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path && <code>{path}</code>} {message}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
