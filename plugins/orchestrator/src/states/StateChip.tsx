import Box from '@mui/material/Box';
import { ReactNode } from 'react';
import SvgIcon from '@mui/material/SvgIcon';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceState } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorTranslationRef } from '../translation';
import { instanceStateLooks } from './instanceStates';
import { NodeState, nodeStateLooks } from './nodeStates';
import { shadeOf, Tone } from './tones';

interface ToneChipProps {
  icon: typeof SvgIcon;
  tone: Tone;
  children: ReactNode;
}

/** A word with an icon on a quiet background. */
export function ToneChip({ icon: Icon, tone, children }: ToneChipProps) {
  return (
    <Box
      component="span"
      sx={theme => ({
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        px: 0.75,
        py: '2px',
        borderRadius: 1,
        whiteSpace: 'nowrap',
        fontSize: theme.typography.pxToRem(12),
        fontWeight: 600,
        lineHeight: '18px',
        color: shadeOf(theme, tone).ink,
        backgroundColor: shadeOf(theme, tone).wash,
      })}
    >
      <Icon aria-hidden sx={{ fontSize: 15 }} />
      {children}
    </Box>
  );
}

/** The state of an instance as icon, word and colour. */
export function StateChip({ state }: { state: InstanceState }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { icon, tone } = instanceStateLooks[state];
  return (
    <ToneChip icon={icon} tone={tone}>
      {t(`states.${state}`)}
    </ToneChip>
  );
}

/** The state of a node as icon, word and colour. */
export function NodeStateChip({ state }: { state: NodeState }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { icon, tone } = nodeStateLooks[state];
  return (
    <ToneChip icon={icon} tone={tone}>
      {t(`nodeStates.${state}`)}
    </ToneChip>
  );
}
