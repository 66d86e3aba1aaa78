import Box from '@mui/material/Box';
import { ReactNode } from 'react';

interface Fact {
  label: string;
  value: ReactNode;
}

/** Label and value pairs, those without a value left out. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <Box
      component="dl"
      sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1, m: 0 }}
    >
      {facts
        .filter(fact => fact.value !== undefined && fact.value !== '')
        .map(fact => (
          <Box key={fact.label} sx={{ minWidth: 0 }}>
            <Box
              component="dt"
              sx={{ fontSize: 12, color: 'text.secondary', lineHeight: '18px' }}
            >
              {fact.label}
            </Box>
            <Box
              component="dd"
              sx={{ m: 0, fontSize: 14, overflowWrap: 'anywhere' }}
            >
              {fact.value}
            </Box>
          </Box>
        ))}
    </Box>
  );
}
