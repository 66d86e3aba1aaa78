import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  DeploymentFile,
  SourceProblem,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorTranslationRef } from '../translation';

const order: SourceProblem['severity'][] = ['error', 'warning', 'info'];

function worst(problems: SourceProblem[]): SourceProblem['severity'] {
  return (
    order.find(severity =>
      problems.some(problem => problem.severity === severity),
    ) ?? 'info'
  );
}

/** What is wrong in which file, worst first, with its place and its line. */
export function ProblemList({ files }: { files: DeploymentFile[] }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const troubled = files
    .filter(({ problems }) => problems.length > 0)
    .map(file => ({ file, severity: worst(file.problems) }))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  if (troubled.length === 0) return null;
  return (
    <Stack gap={1}>
      {troubled.map(({ file, severity }) => (
        <Alert key={file.path} severity={severity}>
          <AlertTitle sx={{ fontSize: 14, fontWeight: 700 }}>
            {t('deployment.problems', {
              count: file.problems.length,
              file: file.path,
            })}
          </AlertTitle>
          <Box
            component="ul"
            sx={{ m: 0, p: 0, listStyle: 'none', fontSize: 13 }}
          >
            {file.problems.map(problem => (
              <Problem
                key={`${problem.line} ${problem.column} ${problem.message}`}
                problem={problem}
              />
            ))}
          </Box>
        </Alert>
      ))}
    </Stack>
  );
}

function Problem({ problem }: { problem: SourceProblem }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { severity, message, line, column, excerpt } = problem;
  return (
    <Box component="li" sx={{ overflowWrap: 'anywhere', '& + &': { mt: 0.5 } }}>
      <strong>{t(`deployment.severity.${severity}`)}:</strong> {message}
      {line !== undefined && column !== undefined && (
        <span>
          {' '}
          (
          {t('deployment.place', {
            line: String(line),
            column: String(column),
          })}
          )
        </span>
      )}
      {excerpt && (
        <Box
          component="pre"
          sx={{ m: 0, fontSize: 12, whiteSpace: 'pre-wrap', opacity: 0.9 }}
        >
          {excerpt}
        </Box>
      )}
    </Box>
  );
}
