import { InstanceNode } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Step } from '../steps';

export interface TimeLineRow {
  step: Step;
  /** How many nodes it is inside of. */
  depth: number;
  /** Begin and length of its bar, as parts of the whole. */
  start: number;
  length: number;
  durationMs: number;
}

const least = 0.004;

/**
 * The steps as rows: each under the one that it is part of, the rest in the order of their entry.
 *
 * @param isShown - steps that are left out hand their parts to what they are part of themselves
 * @param now - where the bars of unfinished steps end, in milliseconds
 */
export function timeLineRows(
  steps: Step[],
  isShown: (step: Step) => boolean,
  now: number,
): TimeLineRow[] {
  const shown = steps.filter(isShown);
  if (shown.length === 0) return [];
  const children = childrenByParent(steps, isShown);
  const endOf = ({ node }: Step) =>
    node.exit === undefined ? now : Date.parse(node.exit);
  const from = Math.min(...shown.map(({ node }) => Date.parse(node.enter)));
  const whole = Math.max(1, Math.max(...shown.map(endOf)) - from);

  const rowsUnder = (
    parent: string | undefined,
    depth: number,
  ): TimeLineRow[] =>
    (children.get(parent) ?? []).flatMap(step => {
      const enter = Date.parse(step.node.enter);
      const durationMs = Math.max(0, endOf(step) - enter);
      const length = Math.max(least, durationMs / whole);
      const start = Math.min((enter - from) / whole, 1 - length);
      return [
        { step, depth, start, length, durationMs },
        ...rowsUnder(step.node.id, depth + 1),
      ];
    });
  return rowsUnder(undefined, 0);
}

function childrenByParent(steps: Step[], isShown: (step: Step) => boolean) {
  const byId = new Map(steps.map(step => [step.node.id, step]));
  const shownParent = ({ parentNodeId }: InstanceNode): string | undefined => {
    const parent =
      parentNodeId === undefined ? undefined : byId.get(parentNodeId);
    if (!parent) return undefined;
    return isShown(parent) ? parent.node.id : shownParent(parent.node);
  };
  const children = new Map<string | undefined, Step[]>();
  for (const step of steps.filter(isShown)) {
    const parent = shownParent(step.node);
    children.set(parent, [...(children.get(parent) ?? []), step]);
  }
  return children;
}
