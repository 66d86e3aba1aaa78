import { Theme, useTheme } from '@mui/material/styles';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { CSSProperties, memo, useMemo } from 'react';
import { Format, useFormat } from '../format';
import { visuallyHidden } from '../layout';
import { NodeState, nodeStateLooks, nodeStateOf, shadeOf } from '../states';
import { Step, useStepTitle } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { TimeLineRow } from './timeLineRows';

/** Pixels; each row has one line of text. */
export const rowHeight = 32;

/**
 * The look of all rows, to be put on their list: rows come and go by the hundred while one scrolls
 * through a long instance, and styles of their own would cost each of them.
 */
export const stepRowStyles = (theme: Theme) => ({
  '& .step': {
    boxSizing: 'border-box',
    width: '100%',
    height: rowHeight,
    px: 2,
    py: 0,
    border: 0,
    display: 'grid',
    gridTemplateColumns: {
      xs: 'minmax(0, 1fr) 70px',
      md: 'minmax(180px, 320px) minmax(0, 1fr) 112px 70px',
    },
    columnGap: 2,
    alignItems: 'center',
    textAlign: 'left',
    font: 'inherit',
    fontSize: 13,
    color: 'text.primary',
    background: 'none',
    cursor: 'pointer',
    '&[aria-pressed="true"]': {
      backgroundColor: 'action.selected',
      boxShadow: `inset 3px 0 ${theme.palette.primary.main}`,
    },
    '&:hover': { backgroundColor: 'action.hover' },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
  },
  '& .step-name': {
    display: 'flex',
    alignItems: 'center',
    gap: 1,
    minWidth: 0,
    '& svg': { fontSize: 18, color: 'var(--step-ink)' },
  },
  '& .step-title': {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& .step-which': {
    flex: 'none',
    fontSize: 12,
    color: 'text.secondary',
  },
  '& .step-state': visuallyHidden,
  '& .step-number': {
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    color: 'text.secondary',
    '&:last-child': { textAlign: 'right' },
  },
  '& .step-wide': { display: { xs: 'none', md: 'block' } },
  '& .step-track': {
    position: 'relative',
    height: 12,
    borderRadius: 1,
    backgroundColor: 'action.hover',
  },
  '& .step-bar': {
    position: 'absolute',
    height: '100%',
    minWidth: 3,
    borderRadius: 1,
    backgroundColor: 'var(--step-ink)',
  },
});

interface StepRowProps {
  row: TimeLineRow;
  isSelected: boolean;
  onSelect: (nodeId: string) => void;
  /** What is the same for all rows, asked for once. */
  words: StepWords;
}

export interface StepWords {
  theme: Theme;
  format: Format;
  states: Record<Exclude<NodeState, 'notReached'>, string>;
  titleOf: (step: Step) => string;
  /** Which iteration or attempt it is, if that is to be told. */
  whichOf: (step: Step) => string | undefined;
}

/** What rows are written and coloured with. */
export function useStepWords(): StepWords {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const theme = useTheme();
  const format = useFormat();
  const titleOf = useStepTitle();
  return useMemo(
    () => ({
      theme,
      format,
      states: {
        running: t('nodeStates.running'),
        waiting: t('nodeStates.waiting'),
        completed: t('nodeStates.completed'),
        failed: t('nodeStates.failed'),
        handled: t('nodeStates.handled'),
        aborted: t('nodeStates.aborted'),
        skipped: t('nodeStates.skipped'),
      },
      titleOf,
      whichOf: ({ node: { iteration }, attempt }) => {
        const parts = [
          iteration !== undefined &&
            t('steps.iteration', { number: format.number(iteration + 1) }),
          attempt !== undefined &&
            t('steps.attempt', { number: format.number(attempt) }),
        ].filter(Boolean);
        return parts.length > 0 ? parts.join(', ') : undefined;
      },
    }),
    [t, theme, format, titleOf],
  );
}

/** One step of a time line: what, when, how long. */
export const StepRow = memo((props: StepRowProps) => {
  const { row, isSelected, onSelect, words } = props;
  const { theme, format, states } = words;
  const { step, depth, start, length } = row;
  const { node } = step;
  const title = words.titleOf(step);
  const which = words.whichOf(step);
  const state = nodeStateOf(node);
  const { icon: Icon, tone } = nodeStateLooks[state];
  const ink = { '--step-ink': shadeOf(theme, tone).ink } as CSSProperties;
  return (
    <button
      type="button"
      className="step"
      aria-pressed={isSelected}
      onClick={() => onSelect(node.id)}
      style={ink}
    >
      <span
        className="step-name"
        style={{ paddingLeft: theme.spacing(depth * 2) }}
      >
        <Icon aria-hidden />
        <span
          className="step-title"
          title={title}
          style={{ fontWeight: depth === 0 ? 600 : 400 }}
        >
          {title}
        </span>
        {which && <span className="step-which">{which}</span>}
        <span className="step-state">
          , {state === 'notReached' ? '' : states[state]}
        </span>
      </span>
      <span className="step-wide step-track" aria-hidden>
        <span
          className="step-bar"
          style={{
            left: `${start * 100}%`,
            width: `${length * 100}%`,
            opacity: depth === 0 ? 1 : 0.7,
          }}
        />
      </span>
      <span className="step-wide step-number">{format.time(node.enter)}</span>
      <span className="step-number">{format.duration(row.durationMs)}</span>
    </button>
  );
});
