import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  InstanceCounts,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ReactNode } from 'react';
import { useFormat } from '../format';
import { instanceStateLooks, instanceStates, shadeOf, Tone } from '../states';
import { orchestratorTranslationRef } from '../translation';

interface StateFilterProps {
  selected: InstanceState[];
  counts: InstanceCounts | undefined;
  onChange: (states: InstanceState[]) => void;
}

const countCap = 10_000;

/** The states with their live counts; pressed ones are shown. */
export function StateFilter({ selected, counts, onChange }: StateFilterProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const text = (count: number | undefined) => {
    if (!counts) return '';
    const value = format.number(count ?? 0);
    return counts.capped && (count ?? 0) >= countCap
      ? t('instances.capped', { number: value })
      : value;
  };
  const toggle = (state: InstanceState) =>
    onChange(
      selected.includes(state)
        ? selected.filter(other => other !== state)
        : [...selected, state],
    );
  return (
    <Box
      role="group"
      aria-label={t('instances.states')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}
    >
      <FilterChip
        label={t('instances.all')}
        count={text(counts?.total)}
        isPressed={selected.length === 0}
        onClick={() => onChange([])}
      />
      {instanceStates.map(state => {
        const { icon: Icon, tone } = instanceStateLooks[state];
        return (
          <FilterChip
            key={state}
            icon={<Icon aria-hidden sx={{ fontSize: 18 }} />}
            label={t(`states.${state}`)}
            count={text(counts?.counts[state])}
            tone={tone}
            isPressed={selected.includes(state)}
            onClick={() => toggle(state)}
          />
        );
      })}
    </Box>
  );
}

interface FilterChipProps {
  icon?: ReactNode;
  label: string;
  count: string;
  tone?: Tone;
  isPressed: boolean;
  onClick: () => void;
}

function FilterChip(props: FilterChipProps) {
  return (
    <ButtonBase
      aria-pressed={props.isPressed}
      onClick={props.onClick}
      sx={theme => {
        const { ink, wash } = shadeOf(theme, props.tone ?? 'run');
        return {
          gap: 0.75,
          px: 1.25,
          height: 32,
          borderRadius: '16px',
          border: 1,
          fontSize: 13,
          fontWeight: 600,
          fontFamily: 'inherit',
          color: props.isPressed ? ink : 'text.primary',
          backgroundColor: props.isPressed ? wash : 'background.paper',
          borderColor: props.isPressed ? ink : 'divider',
          '& svg': { color: ink },
          '&:hover': { borderColor: ink },
          '&:focus-visible': {
            outline: `2px solid ${theme.palette.primary.main}`,
            outlineOffset: 2,
          },
        };
      }}
    >
      {props.icon}
      {props.label}{' '}
      {props.count && (
        <Box
          component="span"
          sx={{ fontWeight: 400, fontVariantNumeric: 'tabular-nums' }}
        >
          {props.count}
        </Box>
      )}
    </ButtonBase>
  );
}
