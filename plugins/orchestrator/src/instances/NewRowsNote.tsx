import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useFormat } from '../format';
import { orchestratorTranslationRef } from '../translation';

interface NewRowsNoteProps {
  count: number;
  /** True when so many are new that some of the rows are no longer kept up to date. */
  isPartlyOld: boolean;
  onShow: () => void;
}

/** Announces new instances instead of moving the rows that someone reads. */
export function NewRowsNote({ count, isPartlyOld, onShow }: NewRowsNoteProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  return (
    <Box role="status">
      {count > 0 && (
        <Alert
          role="none"
          severity={isPartlyOld ? 'warning' : 'info'}
          sx={{ mb: 1, py: 0 }}
          action={
            <Button color="inherit" size="small" onClick={onShow}>
              {t('instances.showNew')}
            </Button>
          }
        >
          {isPartlyOld
            ? t('instances.manyNewRows', { number: format.number(count) })
            : t('instances.newRows', { count })}
        </Alert>
      )}
    </Box>
  );
}
