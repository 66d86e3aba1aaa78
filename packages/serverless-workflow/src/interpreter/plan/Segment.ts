import { PlanNode } from './Plan';

/** A piece of a plan with one way in and one way out. */
export interface Segment {
  incoming: PlanNode;
  outgoing: PlanNode;
}

export function segment(incoming: PlanNode, outgoing = incoming): Segment {
  return { incoming, outgoing };
}
