import Checkbox from '@mui/material/Checkbox';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';
import { Selection } from './bulk/useSelection';
import { ColumnId, columns } from './columns';
import { shortId } from './shortId';

interface InstanceRowProps {
  instance: Instance;
  columnIds: ColumnId[];
  selection?: Selection;
}

const narrowHidden = { display: { xs: 'none', md: 'table-cell' } };

export function InstanceRow(props: InstanceRowProps) {
  const { instance, columnIds, selection } = props;
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
      {columnIds.map(id => {
        const { align, isWide, maxWidth, cell } = columns[id];
        return (
          <TableCell
            key={id}
            align={align}
            sx={{
              ...(isWide && narrowHidden),
              ...(maxWidth && { maxWidth, width: '30%' }),
            }}
          >
            {cell(instance, links)}
          </TableCell>
        );
      })}
    </TableRow>
  );
}
