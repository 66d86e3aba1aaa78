import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ReactNode, useState } from 'react';
import { CopyButton } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { JsonTree } from './JsonTree';

interface JsonViewProps {
  value: unknown;
  /** What it is, for screen readers. */
  label: string;
  maxHeight?: number;
  /** More to do with the data. */
  actions?: ReactNode;
}

/** Data as a tree or as its raw text, to be looked at and copied. */
export function JsonView({ value, label, maxHeight, actions }: JsonViewProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [isRaw, setRaw] = useState(false);
  const raw = () => JSON.stringify(value, undefined, 2);
  return (
    <>
      <Stack direction="row" flexWrap="wrap" gap={1} sx={{ mb: 1 }}>
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label={`${label}: ${t('json.view')}`}
          value={isRaw ? 'raw' : 'tree'}
          onChange={(_event, view) => view && setRaw(view === 'raw')}
        >
          <ToggleButton value="tree" sx={{ py: 0, px: 1 }}>
            {t('json.tree')}
          </ToggleButton>
          <ToggleButton value="raw" sx={{ py: 0, px: 1 }}>
            {t('json.raw')}
          </ToggleButton>
        </ToggleButtonGroup>
        <CopyButton text={raw}>{t('data.copy')}</CopyButton>
        {actions}
      </Stack>
      <Box
        tabIndex={maxHeight ? 0 : undefined}
        role={maxHeight ? 'region' : undefined}
        aria-label={maxHeight ? label : undefined}
        sx={{ maxHeight, overflow: 'auto' }}
      >
        {isRaw ? (
          <Box
            component="pre"
            sx={{
              m: 0,
              fontSize: 13,
              whiteSpace: 'pre-wrap',
              overflowWrap: 'anywhere',
            }}
          >
            {raw()}
          </Box>
        ) : (
          <JsonTree value={value} />
        )}
      </Box>
    </>
  );
}
