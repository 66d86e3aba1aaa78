import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import CheckIcon from '@mui/icons-material/Check';
import ViewColumnIcon from '@mui/icons-material/ViewColumnOutlined';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useState } from 'react';
import { orchestratorTranslationRef } from '../translation';
import { useStored } from '../useStored';
import { ColumnId, columnIds, defaultColumns, fixedColumns } from './columns';

/** The columns that the viewer wants to see; the portal keeps the choice. */
export function useColumns(): [ColumnId[], (chosen: ColumnId[]) => void] {
  const [stored, setStored] = useStored<string[]>('columns', defaultColumns);
  // What an earlier version kept may not exist any more.
  const chosen = columnIds.filter(
    id => fixedColumns.includes(id) || stored.includes(id),
  );
  return [chosen, setStored];
}

interface ColumnMenuProps {
  chosen: ColumnId[];
  /** What the place leaves out in any case. */
  hidden: ColumnId[];
  onChange: (chosen: ColumnId[]) => void;
}

export function ColumnMenu({ chosen, hidden, onChange }: ColumnMenuProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const toggle = (id: ColumnId) =>
    onChange(
      chosen.includes(id)
        ? chosen.filter(other => other !== id)
        : [...chosen, id],
    );
  return (
    <>
      <Button
        size="small"
        color="inherit"
        aria-haspopup="menu"
        startIcon={<ViewColumnIcon />}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('instances.columnMenu')}
      </Button>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
      >
        {columnIds
          .filter(id => !fixedColumns.includes(id) && !hidden.includes(id))
          .map(id => (
            <MenuItem
              key={id}
              dense
              role="menuitemcheckbox"
              aria-checked={chosen.includes(id)}
              onClick={() => toggle(id)}
            >
              <CheckIcon
                fontSize="small"
                aria-hidden
                sx={{
                  mr: 1,
                  visibility: chosen.includes(id) ? 'visible' : 'hidden',
                }}
              />
              {t(`instances.columns.${id}`)}
            </MenuItem>
          ))}
      </Menu>
    </>
  );
}
