import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import ClearIcon from '@mui/icons-material/Clear';
import SearchIcon from '@mui/icons-material/Search';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Ref } from 'react';
import { orchestratorTranslationRef } from '../translation';

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}

/** A field to narrow a list by text; Escape clears it. */
export function SearchField(props: SearchFieldProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <TextField
      size="small"
      placeholder={props.label}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
      onKeyDown={event => {
        if (event.key === 'Escape' && props.value) {
          event.preventDefault();
          props.onChange('');
        }
      }}
      inputRef={props.inputRef}
      inputProps={{ 'aria-label': props.label, type: 'search' }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon aria-hidden fontSize="small" />
          </InputAdornment>
        ),
        endAdornment: props.value ? (
          <InputAdornment position="end">
            <IconButton
              size="small"
              edge="end"
              aria-label={t('common.clear')}
              onClick={() => props.onChange('')}
            >
              <ClearIcon fontSize="small" />
            </IconButton>
          </InputAdornment>
        ) : undefined,
      }}
      sx={{
        width: { xs: '100%', sm: 280 },
        '& input::-webkit-search-cancel-button': { display: 'none' },
      }}
    />
  );
}
