import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Elapsed, RelativeTime } from '../format';
import { Principal } from '../layout';
import { isUnfinished, StateChip } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';
import { Selection } from './bulk/useSelection';
import { InstanceRemark } from './InstanceRemark';
import { shortId } from './shortId';

interface InstanceRowProps {
  instance: Instance;
  hasWorkflowColumn: boolean;
  selection?: Selection;
}

const narrowHidden = { display: { xs: 'none', md: 'table-cell' } };

export function InstanceRow(props: InstanceRowProps) {
  const { instance, selection } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  return (
    <TableRow
      hover
      selected={selection?.has(instance.id)}
      sx={theme => ({
        '&:focus-within': {
          boxShadow: `inset 3px 0 ${theme.palette.primary.main}`,
        },
      })}
    >
      {selection && (
        <TableCell padding="checkbox">
          <Checkbox
            size="small"
            sx={{ p: 0 }}
            inputProps={{
              'aria-label': t('bulk.select', { id: shortId(instance.id) }),
            }}
            checked={selection.has(instance.id)}
            onChange={() => selection.toggle(instance.id)}
          />
        </TableCell>
      )}
      <TableCell>
        <StateChip state={instance.state} />
      </TableCell>
      <TableCell>
        <Link
          to={links.instance(instance.id)}
          title={instance.id}
          data-row-link
          style={{ fontFamily: 'monospace', fontWeight: 600 }}
        >
          {shortId(instance.id)}
        </Link>
        {instance.reference && (
          <Box sx={{ fontSize: 13, color: 'text.secondary' }}>
            {instance.reference}
          </Box>
        )}
      </TableCell>
      {props.hasWorkflowColumn && (
        <TableCell>
          <Link to={links.workflow(instance.workflowId)}>
            {instance.workflowName ?? instance.workflowId}
          </Link>
        </TableCell>
      )}
      <TableCell sx={{ ...narrowHidden, maxWidth: 380, width: '30%' }}>
        <InstanceRemark instance={instance} />
      </TableCell>
      <TableCell>
        <RelativeTime iso={instance.createdAt} />
      </TableCell>
      <TableCell align="right">
        {instance.startedAt &&
          (instance.endedAt || isUnfinished(instance.state)) && (
            <Elapsed from={instance.startedAt} to={instance.endedAt} />
          )}
      </TableCell>
      <TableCell sx={narrowHidden}>
        {instance.initiator && <Principal principal={instance.initiator} />}
      </TableCell>
    </TableRow>
  );
}
