import { Theme } from '@mui/material/styles';

/** What a colour says; several states may share one. */
export type Tone = 'idle' | 'run' | 'wait' | 'good' | 'bad' | 'stop' | 'hold';

interface Shade {
  /** Text and icons on the page's background: contrast of at least 4.5 to 1. */
  ink: string;
  /** Quiet background for a chip or a node. */
  wash: string;
}

// Blue, teal, vermilion and amber stay apart for the common kinds of colour blindness.
const light: Record<Tone, Shade> = {
  idle: { ink: '#56616F', wash: '#EDF0F3' },
  run: { ink: '#0B5CAD', wash: '#E3EFFB' },
  wait: { ink: '#8A5300', wash: '#FCF1DC' },
  good: { ink: '#00695F', wash: '#DFF3F0' },
  bad: { ink: '#B3261E', wash: '#FBE7E5' },
  stop: { ink: '#5D4A66', wash: '#F0EBF3' },
  hold: { ink: '#6A4C00', wash: '#F7EFD6' },
};

const dark: Record<Tone, Shade> = {
  idle: { ink: '#C9D2DC', wash: '#4A5058' },
  run: { ink: '#90C8FF', wash: '#2B4560' },
  wait: { ink: '#FFCF80', wash: '#57452A' },
  good: { ink: '#7FDCCB', wash: '#28504A' },
  bad: { ink: '#FFB0A6', wash: '#603834' },
  stop: { ink: '#D6C3E0', wash: '#4F4457' },
  hold: { ink: '#F0D78C', wash: '#534A2E' },
};

/** The colours of a tone in the theme's mode. */
export function shadeOf(theme: Theme, tone: Tone): Shade {
  return (theme.palette.mode === 'dark' ? dark : light)[tone];
}
