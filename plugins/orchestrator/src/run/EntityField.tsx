import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useState } from 'react';
import { useDebounced } from '../instances/useDebounced';
import { orchestratorTranslationRef } from '../translation';

interface EntityFieldProps {
  /** Entity ref, or empty. */
  value: string;
  onChange: (entityRef: string) => void;
}

/** Finds an entity of the catalog by its name; a ref can be typed in too. */
export function EntityField({ value, onChange }: EntityFieldProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [term, setTerm] = useState('');
  const [, setDraft] = useDebounced(term, setTerm);
  const refs = useEntityRefs(term);
  return (
    <Autocomplete
      freeSolo
      autoSelect
      size="small"
      options={refs}
      filterOptions={options => options}
      value={value || null}
      onChange={(_event, entityRef) => onChange(entityRef ?? '')}
      onInputChange={(_event, text, reason) => {
        if (reason === 'input') setDraft(text);
      }}
      renderInput={params => (
        <TextField
          {...params}
          label={t('run.entity')}
          helperText={t('run.entityHint')}
        />
      )}
    />
  );
}

/** Refs of the entities that a search finds first. */
function useEntityRefs(term: string): string[] {
  const catalog = useApi(catalogApiRef);
  const { data } = useQuery({
    queryKey: ['entity-refs', term],
    queryFn: async () => {
      const { items } = await catalog.queryEntities({
        limit: 20,
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
        filter: { kind: ['component', 'system', 'resource', 'api'] },
        ...(term && {
          fullTextFilter: {
            term,
            fields: ['metadata.name', 'metadata.title'],
          },
        }),
      });
      return items.map(entity => stringifyEntityRef(entity));
    },
    staleTime: 60_000,
    retry: false,
  });
  return data ?? [];
}
