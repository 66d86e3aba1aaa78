import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { fromLocal, toLocal } from '../format';
import { orchestratorTranslationRef } from '../translation';
import { InstanceFilter, Range, relativeRanges } from './instanceFilter';

interface RangeFilterProps {
  filter: InstanceFilter;
  onChange: (part: Partial<InstanceFilter>) => void;
}

const ranges: Range[] = ['any', ...relativeRanges, 'custom'];

/** When the instance was created: a range that moves along, or two moments. */
export function RangeFilter({ filter, onChange }: RangeFilterProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <>
      <TextField
        select
        size="small"
        label={t('instances.filters.range')}
        value={filter.range}
        onChange={event =>
          onChange({
            range: ranges.find(range => range === event.target.value) ?? 'any',
            from: '',
            to: '',
          })
        }
        sx={{ width: 150 }}
      >
        {ranges.map(range => (
          <MenuItem key={range} value={range}>
            {t(`instances.filters.ranges.${range}`)}
          </MenuItem>
        ))}
      </TextField>
      {filter.range === 'custom' &&
        (['from', 'to'] as const).map(end => (
          <TextField
            key={end}
            size="small"
            type="datetime-local"
            label={t(`instances.filters.${end}`)}
            InputLabelProps={{ shrink: true }}
            value={toLocal(filter[end])}
            onChange={event =>
              onChange({ [end]: fromLocal(event.target.value) })
            }
          />
        ))}
    </>
  );
}
