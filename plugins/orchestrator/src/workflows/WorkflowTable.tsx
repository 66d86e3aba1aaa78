import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Tooltip from '@mui/material/Tooltip';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorTranslationRef } from '../translation';
import { visuallyHidden } from '../layout';
import { WorkflowRow } from './WorkflowRow';
import { wide, wider } from './columns';

/** The workflows, one a row. */
export function WorkflowTable({ workflows }: { workflows: Workflow[] }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label={t('workflows.title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('workflows.columns.name')}</TableCell>
            <TableCell sx={wide}>
              {t('workflows.columns.availability')}
            </TableCell>
            <TableCell sx={wider}>{t('workflows.columns.version')}</TableCell>
            <TableCell sx={wide}>{t('workflows.columns.recent')}</TableCell>
            <TableCell align="right" sx={wide}>
              {t('workflows.columns.success')}
            </TableCell>
            <TableCell align="right" sx={wider}>
              <Tooltip title={t('workflows.durationsHint')} describeChild>
                <span>{t('workflows.columns.durations')}</span>
              </Tooltip>
            </TableCell>
            <TableCell>{t('workflows.columns.lastRun')}</TableCell>
            <TableCell>
              <Box component="span" sx={visuallyHidden}>
                {t('workflows.columns.run')}
              </Box>
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {workflows.map(workflow => (
            <WorkflowRow key={workflow.id} workflow={workflow} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
