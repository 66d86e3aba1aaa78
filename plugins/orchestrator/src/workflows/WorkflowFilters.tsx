import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { AvailabilityState } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { SearchField } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { WorkflowFilter } from './useWorkflowFilter';

interface WorkflowFiltersProps {
  filter: WorkflowFilter;
  /** All labels in use. */
  labels: string[];
  onChange: (part: Partial<WorkflowFilter>) => void;
}

const states: AvailabilityState[] = ['available', 'unavailable', 'unknown'];

export function WorkflowFilters(props: WorkflowFiltersProps) {
  const { filter, labels, onChange } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <Stack direction="row" flexWrap="wrap" gap={1.5} sx={{ mb: 2 }}>
      <SearchField
        label={t('workflows.searchLabel')}
        value={filter.search}
        onChange={search => onChange({ search })}
      />
      {(labels.length > 0 || filter.label) && (
        <TextField
          select
          size="small"
          label={t('workflows.label')}
          value={filter.label}
          onChange={event => onChange({ label: event.target.value })}
          sx={{ minWidth: 160 }}
        >
          <MenuItem value="">{t('common.any')}</MenuItem>
          {[
            ...new Set([...labels, ...(filter.label ? [filter.label] : [])]),
          ].map(label => (
            <MenuItem key={label} value={label}>
              {label}
            </MenuItem>
          ))}
        </TextField>
      )}
      <TextField
        select
        size="small"
        label={t('workflows.availability')}
        value={filter.availability}
        onChange={event =>
          onChange({
            availability: states.find(state => state === event.target.value),
          })
        }
        sx={{ minWidth: 160 }}
      >
        <MenuItem value="">{t('common.any')}</MenuItem>
        {states.map(state => (
          <MenuItem key={state} value={state}>
            {t(`availability.${state}`)}
          </MenuItem>
        ))}
      </TextField>
    </Stack>
  );
}
