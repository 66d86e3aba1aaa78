import Autocomplete from '@mui/material/Autocomplete';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Ref } from 'react';
import { useWorkflows } from '../api';
import { SearchField } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { InstanceFilter, isNarrowed } from './instanceFilter';
import { RangeFilter } from './RangeFilter';
import { useDebounced } from './useDebounced';

interface InstanceFiltersProps {
  filter: InstanceFilter;
  onChange: (part: Partial<InstanceFilter>) => void;
  onClear: () => void;
  searchRef: Ref<HTMLInputElement>;
  /** What the place already fixes is not offered. */
  hidden: { workflow: boolean; entity: boolean };
}

export function InstanceFilters(props: InstanceFiltersProps) {
  const { filter, onChange, hidden } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [search, setSearch] = useDebounced(filter.search, value =>
    onChange({ search: value }),
  );
  const [entityRef, setEntityRef] = useDebounced(filter.entityRef, value =>
    onChange({ entityRef: value.trim() }),
  );
  return (
    <Stack direction="row" flexWrap="wrap" gap={1.5} sx={{ mb: 2 }}>
      <SearchField
        label={t('instances.filters.search')}
        value={search}
        onChange={setSearch}
        inputRef={props.searchRef}
      />
      {!hidden.workflow && (
        <WorkflowPicker
          selected={filter.workflowIds}
          onChange={workflowIds => onChange({ workflowIds })}
        />
      )}
      <InitiatorPicker
        selected={filter.initiator}
        onChange={initiator => onChange({ initiator })}
      />
      {!hidden.entity && (
        <TextField
          size="small"
          label={t('instances.filters.entity')}
          placeholder={t('instances.filters.entityHint')}
          value={entityRef}
          onChange={event => setEntityRef(event.target.value)}
          sx={{ width: 200 }}
        />
      )}
      <RangeFilter filter={filter} onChange={onChange} />
      {isNarrowed(filter) && (
        <Button size="small" onClick={props.onClear}>
          {t('instances.filters.clear')}
        </Button>
      )}
    </Stack>
  );
}

interface WorkflowPickerProps {
  selected: string[];
  onChange: (workflowIds: string[]) => void;
}

function WorkflowPicker({ selected, onChange }: WorkflowPickerProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { data } = useWorkflows();
  const names = new Map(data?.items.map(({ id, name }) => [id, name]));
  return (
    <Autocomplete
      multiple
      size="small"
      limitTags={1}
      options={[...names.keys()]}
      getOptionLabel={id => names.get(id) ?? id}
      value={selected}
      onChange={(_event, workflowIds) => onChange(workflowIds)}
      renderInput={params => (
        <TextField {...params} label={t('instances.filters.workflow')} />
      )}
      sx={{ width: { xs: '100%', sm: 240 } }}
    />
  );
}

interface InitiatorPickerProps {
  selected: string;
  onChange: (initiator: string) => void;
}

/** The viewer, or anyone by entity ref. */
function InitiatorPicker({ selected, onChange }: InitiatorPickerProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const label = (option: string) =>
    option === 'me' ? t('instances.filters.me') : option;
  return (
    <Autocomplete
      freeSolo
      size="small"
      options={['me']}
      getOptionLabel={label}
      value={selected || null}
      onChange={(_event, value) => onChange(value?.trim() ?? '')}
      renderInput={params => (
        <TextField {...params} label={t('instances.filters.initiator')} />
      )}
      sx={{ width: 180 }}
    />
  );
}
