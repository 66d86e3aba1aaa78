import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutline';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import HistoryIcon from '@mui/icons-material/History';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DeploymentFile } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { RelativeTime, useFormat } from '../format';
import { Tone, ToneChip } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';

const looks: Record<
  DeploymentFile['status'],
  { icon: typeof ErrorIcon; tone: Tone }
> = {
  loaded: { icon: CheckCircleIcon, tone: 'good' },
  failed: { icon: ErrorIcon, tone: 'bad' },
  outdated: { icon: HistoryIcon, tone: 'wait' },
};

const narrowHidden = { display: { xs: 'none', md: 'table-cell' } };

/** The files of the workflow folder and what became of each. */
export function FileTable({ files }: { files: DeploymentFile[] }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label={t('deployment.files')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('deployment.columns.file')}</TableCell>
            <TableCell>{t('deployment.columns.status')}</TableCell>
            <TableCell>{t('deployment.columns.workflow')}</TableCell>
            <TableCell sx={narrowHidden}>
              {t('deployment.columns.version')}
            </TableCell>
            <TableCell sx={narrowHidden}>
              {t('deployment.columns.loaded')}
            </TableCell>
            <TableCell align="right" sx={narrowHidden}>
              {t('deployment.columns.running')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {files.map(file => (
            <FileRow key={file.path} file={file} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function FileRow({ file }: { file: DeploymentFile }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const links = useLinks();
  const { icon, tone } = looks[file.status];
  const isRunnable = file.status !== 'failed' && file.workflowId;
  return (
    <TableRow hover>
      <TableCell sx={{ fontFamily: 'monospace' }}>{file.path}</TableCell>
      <TableCell>
        <ToneChip icon={icon} tone={tone}>
          {t(`deployment.status.${file.status}`)}
        </ToneChip>
      </TableCell>
      <TableCell>
        {isRunnable && file.workflowId ? (
          <Link to={links.workflow(file.workflowId)}>{file.workflowId}</Link>
        ) : (
          file.workflowId
        )}
      </TableCell>
      <TableCell sx={narrowHidden}>
        {file.version}{' '}
        {file.revision && (
          <code title={file.revision}>{file.revision.slice(0, 8)}</code>
        )}
      </TableCell>
      <TableCell sx={narrowHidden}>
        {file.loadedAt && <RelativeTime iso={file.loadedAt} />}
      </TableCell>
      <TableCell align="right" sx={narrowHidden}>
        {file.runningInstances !== undefined &&
          format.number(file.runningInstances)}
      </TableCell>
    </TableRow>
  );
}
