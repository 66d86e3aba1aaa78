import { CallbackState, ForEachState, ParallelState, State } from '../../model';
import { compileAction, compileActions } from './compileActions';
import {
  compileEvents,
  compileStartEvents,
  compileWait,
  withTimeout,
} from './compileEvents';
import { ActionNode, ITERATION_RESULT, NodeId, WORKFLOW_DATA } from './Plan';
import { PlanContext } from './PlanContext';
import { Segment, segment } from './Segment';
import { AttachHandlers, scopeOf } from './StateScope';

/** The nodes of a state, without what leads to it and follows it. */
export function compileState(
  context: PlanContext,
  container: NodeId,
  state: State,
  attachHandlers: AttachHandlers,
): Segment {
  const { builder } = context;
  switch (state.type) {
    case 'inject':
      return segment(
        builder.action(
          container,
          { do: 'inject', data: state.data },
          state.name,
        ),
      );
    case 'sleep':
      return segment(builder.timer(container, state.duration, state.name));
    case 'switch': {
      const split = builder.split(
        container,
        state.eventConditions ? 'race' : 'conditions',
      );
      split.name = state.name;
      return segment(split);
    }
    case 'operation': {
      const composite = builder.composite(container, state.name);
      compileActions(context, composite, state.actions, scopeOf(state));
      attachHandlers(composite);
      return segment(composite);
    }
    case 'foreach':
      return compileForEach(context, container, state, attachHandlers);
    case 'parallel':
      return compileParallel(context, container, state, attachHandlers);
    case 'callback':
      return compileCallback(context, container, state, attachHandlers);
    default:
      return state.name === context.workflow.start?.stateName
        ? compileStartEvents(context, state, attachHandlers)
        : compileEvents(context, container, state, attachHandlers);
  }
}

function compileForEach(
  context: PlanContext,
  container: NodeId,
  state: ForEachState,
  attachHandlers: AttachHandlers,
): Segment {
  const node = context.builder.forEach(container, state.inputCollection);
  node.parameter = state.iterationParam;
  node.outputCollection = state.outputCollection;
  compileActions(context, node, state.actions, {
    stateName: state.name,
    resultVariable: ITERATION_RESULT,
    mergesResults: false,
    model: WORKFLOW_DATA,
  });
  attachHandlers(node);
  return segment(node);
}

/** Each branch works on its own copy, which is merged into the data when the branch ends. */
function compileParallel(
  context: PlanContext,
  container: NodeId,
  state: ParallelState,
  attachHandlers: AttachHandlers,
): Segment {
  const { builder } = context;
  const split = builder.split(container, 'all');
  split.name = `${state.name}Start`;
  const atLeast = state.completionType === 'atLeast';
  const join = builder.join(container, atLeast ? 'some' : 'all');
  join.name = `${state.name}End`;
  join.needed = atLeast ? state.numCompleted : undefined;
  const copies = state.branches.map(branch => {
    const copy = builder.newVariable(state.name);
    const named = branch.name.trim() !== '';
    const composite = builder.composite(
      container,
      named ? `${state.name}-${branch.name}` : state.name,
    );
    const scope = { ...scopeOf(state), branch: branch.name, model: copy };
    compileActions(context, composite, branch.actions, scope, () =>
      builder.action(composite.id, {
        do: 'merge',
        from: copy,
        to: WORKFLOW_DATA,
      }),
    );
    composite.stateName = state.name;
    composite.branch = branch.name;
    attachHandlers(composite);
    builder.connect(split, composite);
    builder.connect(composite, join);
    return copy;
  });
  let first: ActionNode | undefined;
  let last: ActionNode | undefined;
  for (const copy of copies) {
    const node = builder.action(container, {
      do: 'copy',
      from: WORKFLOW_DATA,
      to: copy,
    });
    if (last) {
      builder.connect(last, node);
    }
    first ??= node;
    last = node;
  }
  if (last) {
    builder.connect(last, split);
  }
  return segment(first ?? split, join);
}

function compileCallback(
  context: PlanContext,
  container: NodeId,
  state: CallbackState,
  attachHandlers: AttachHandlers,
): Segment {
  const { builder } = context;
  const composite = builder.composite(container, state.name);
  const start = builder.start(composite.id, 'EmbeddedStart');
  composite.start = start.id;
  const action = compileAction(context, composite.id, state.action, {
    ...scopeOf(state),
    resultVariable: builder.newVariable(state.name),
  });
  builder.connect(start, action.incoming);
  const wait = withTimeout(
    context,
    composite.id,
    state,
    compileWait(
      context,
      composite.id,
      state,
      state.eventRef,
      state.eventDataFilter,
    ),
  );
  builder.connect(action.outgoing, wait.incoming);
  builder.connect(
    wait.outgoing,
    builder.end(composite.id, 'EmbeddedEnd', true),
  );
  attachHandlers(composite);
  return segment(composite);
}
