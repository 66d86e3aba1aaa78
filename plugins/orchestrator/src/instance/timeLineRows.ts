import { ancestorsOf, Step } from '../steps';

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
 * @param now - where the bars of open steps end, in milliseconds; undefined when nothing goes on
 */
export function timeLineRows(
  steps: Step[],
  isShown: (step: Step) => boolean,
  now: number | undefined,
): TimeLineRow[] {
  const shown = steps.filter(isShown);
  if (shown.length === 0) return [];
  const children = childrenByParent(steps, isShown);
  const ends = endsOf(steps, now);
  const endOf = ({ node }: Step) => ends.get(node.id) ?? Date.parse(node.enter);
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
  const byId = new Map(steps.map(({ node }) => [node.id, node]));
  const shown = steps.filter(isShown);
  const shownIds = new Set(shown.map(({ node }) => node.id));
  const children = new Map<string | undefined, Step[]>();
  for (const step of shown) {
    const parent = ancestorsOf(step.node, byId).find(({ id }) =>
      shownIds.has(id),
    );
    const siblings = children.get(parent?.id);
    if (siblings) siblings.push(step);
    else children.set(parent?.id, [step]);
  }
  return children;
}

/**
 * When each step ended. The engine tells no end of what failed and of what a failure stopped: that
 * was when the next step began that is no part of it, or else the last moment that is known.
 */
function endsOf(steps: Step[], now: number | undefined): Map<string, number> {
  const byId = new Map(steps.map(({ node }) => [node.id, node]));
  const last = Math.max(
    ...steps.map(({ node }) => Date.parse(node.exit ?? node.enter)),
  );
  const endOf = ({ node }: Step, index: number): number => {
    if (node.exit !== undefined) return Date.parse(node.exit);
    const isOpen = node.status === 'running' || node.status === 'waiting';
    if (isOpen && now !== undefined) return now;
    // Not `find`: among ten thousand steps, beginning anew for each takes long.
    for (let place = index + 1; place < steps.length; place++) {
      const later = steps[place].node;
      if (!ancestorsOf(later, byId).includes(node)) {
        return Date.parse(later.enter);
      }
    }
    return last;
  };
  return new Map(
    steps.map((step, index) => [step.node.id, endOf(step, index)]),
  );
}
