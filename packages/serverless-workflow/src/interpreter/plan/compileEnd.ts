import { End, ProduceEvent, State } from '../../model';
import { NodeId, PlanNode, WORKFLOW_DATA } from './Plan';
import { findEvent, PlanContext } from './PlanContext';

/** The nodes that end a workflow after a state; gives back the first one. */
export function compileEnd(
  context: PlanContext,
  container: NodeId,
  state: State,
  end: End,
): PlanNode {
  const { builder } = context;
  const node = builder.end(container, 'End', end.terminate);
  const first = compileProduce(context, container, node, end.produceEvents);
  const { errorMessage } = state.metadata;
  if (typeof errorMessage !== 'string' || errorMessage.trim() === '') {
    return first;
  }
  const check = builder.action(container, {
    do: 'failWith',
    expression: errorMessage,
  });
  builder.connect(check, first);
  return check;
}

/**
 * Makes a node send the first event and puts nodes for the others before it, as SonataFlow does; gives
 * back the first node.
 */
export function compileProduce(
  context: PlanContext,
  container: NodeId,
  last: PlanNode,
  events: readonly ProduceEvent[],
): PlanNode {
  const { builder } = context;
  let first = last;
  for (const [index, event] of events.entries()) {
    const node =
      index === 0 ? last : builder.action(container, { do: 'nothing' });
    const definition = findEvent(context, event.eventRef);
    const produce = {
      eventType: definition.type,
      data: event.data,
      attributes: event.contextAttributes,
      model: WORKFLOW_DATA,
    };
    node.name = event.eventRef;
    if (node.kind === 'action') {
      node.effect = { do: 'produce', produce };
    } else if (node.kind === 'end') {
      node.produce = produce;
    }
    if (index > 0) {
      builder.connect(node, first);
      first = node;
    }
  }
  return first;
}
