import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { orchestratorTranslationRef } from '../translation';
import { EntityField } from './EntityField';

export interface Options {
  reference: string;
  entityRef: string;
}

interface RunOptionsProps {
  options: Options;
  onChange: (options: Options) => void;
}

/** What is said about the instance, beside its input. */
export function RunOptions({ options, onChange }: RunOptionsProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <Stack gap={2} sx={{ pt: 1 }}>
      <TextField
        size="small"
        fullWidth
        label={t('run.reference')}
        helperText={t('run.referenceHint')}
        inputProps={{ maxLength: 200 }}
        value={options.reference}
        onChange={event =>
          onChange({ ...options, reference: event.target.value })
        }
      />
      <EntityField
        value={options.entityRef}
        onChange={entityRef => onChange({ ...options, entityRef })}
      />
    </Stack>
  );
}
