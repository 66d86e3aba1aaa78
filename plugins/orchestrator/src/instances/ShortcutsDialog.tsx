import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fragment, useId } from 'react';
import { orchestratorTranslationRef } from '../translation';

interface ShortcutsDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Whether rows can be selected. */
  canSelect: boolean;
  isEnabled: boolean;
  onEnable: (isEnabled: boolean) => void;
}

export function ShortcutsDialog(props: ShortcutsDialogProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const titleId = useId();
  const keys = [
    ['j', t('shortcuts.next')],
    ['k', t('shortcuts.previous')],
    ['Enter', t('shortcuts.enter')],
    ...(props.canSelect ? [['x', t('shortcuts.select')]] : []),
    ['/', t('shortcuts.search')],
    ['?', t('shortcuts.help')],
  ];
  return (
    <Dialog
      open={props.isOpen}
      onClose={props.onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{t('shortcuts.title')}</DialogTitle>
      <DialogContent>
        <Box
          component="dl"
          sx={{
            display: 'grid',
            gridTemplateColumns: 'max-content 1fr',
            columnGap: 3,
            rowGap: 1,
            m: 0,
            mb: 2,
          }}
        >
          {keys.map(([key, meaning]) => (
            <Fragment key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <Box component="dd" sx={{ m: 0 }}>
                {meaning}
              </Box>
            </Fragment>
          ))}
        </Box>
        <FormControlLabel
          control={
            <Switch
              checked={props.isEnabled}
              onChange={(_event, checked) => props.onEnable(checked)}
            />
          }
          label={t('shortcuts.enabled')}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
