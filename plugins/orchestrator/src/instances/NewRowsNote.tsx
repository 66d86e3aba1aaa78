import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { orchestratorTranslationRef } from '../translation';

interface NewRowsNoteProps {
  count: number;
  onShow: () => void;
}

/** Announces new instances instead of moving the rows that someone reads. */
export function NewRowsNote({ count, onShow }: NewRowsNoteProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <Box role="status">
      {count > 0 && (
        <Alert
          role="none"
          severity="info"
          sx={{ mb: 1, py: 0 }}
          action={
            <Button color="inherit" size="small" onClick={onShow}>
              {t('instances.showNew')}
            </Button>
          }
        >
          {t('instances.newRows', { count })}
        </Alert>
      )}
    </Box>
  );
}
