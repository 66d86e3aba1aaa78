import Box from '@mui/material/Box';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceState } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useRef } from 'react';
import { visuallyHidden } from '../layout';
import { orchestratorTranslationRef } from '../translation';

/** Tells screen readers when the state changes; the state at first is read with the page. */
export function StateAnnouncer({ state }: { state?: InstanceState }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const first = useRef(state);
  first.current ??= state;
  const hasChanged = state !== undefined && state !== first.current;
  return (
    <Box role="status" sx={visuallyHidden}>
      {hasChanged && t('instance.stateIs', { state: t(`states.${state}`) })}
    </Box>
  );
}
