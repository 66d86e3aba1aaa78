/** One figure that was measured, in a unit of its own. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** Without one, the figure is told for comparison only. */
  goal?: { atMost: number } | { atLeast: number };
}

export function isMissed({ value, goal }: Figure): boolean {
  if (!goal) {
    return false;
  }
  return 'atMost' in goal ? value > goal.atMost : value < goal.atLeast;
}
