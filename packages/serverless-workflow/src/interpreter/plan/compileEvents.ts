import { EventDataFilter, EventState, OnEvents, State } from '../../model';
import { compileActions, compileFiltered } from './compileActions';
import { NodeId, PlanNode, PROCESS, WORKFLOW_DATA } from './Plan';
import { findEvent, PlanContext } from './PlanContext';
import { Segment, segment } from './Segment';
import { resolveEventTimeout } from './resolveEventTimeout';
import { AttachHandlers, scopeOf } from './StateScope';

/** Waits for one event and puts its data away. */
export function compileWait(
  context: PlanContext,
  container: NodeId,
  state: State,
  eventRef: string,
  filter: EventDataFilter | undefined,
): Segment {
  const variable = context.builder.newVariable(state.name);
  const event = findEvent(context, eventRef);
  return compileFiltered(
    context,
    container,
    filter && {
      useResults: filter.useData,
      results: filter.data,
      toStateData: filter.toStateData,
    },
    { ...scopeOf(state), resultVariable: variable },
    () => context.builder.event(container, event, variable),
  );
}

/** Lets a timer race with what is awaited, when the state or workflow has an `eventTimeout`. */
export function withTimeout(
  context: PlanContext,
  container: NodeId,
  state: State,
  awaited: Segment,
): Segment {
  const timeout = resolveEventTimeout(context, state);
  if (timeout === undefined) {
    return awaited;
  }
  const { builder } = context;
  const split = builder.split(container, 'race');
  const join = builder.join(container, 'pass');
  join.name = `ExclusiveJoin_${join.id}`;
  builder.connect(split, awaited.incoming);
  builder.connect(awaited.outgoing, join);
  const timer = builder.timer(container, timeout);
  builder.connect(split, timer);
  builder.connect(timer, join);
  return segment(split, join);
}

/** Waits for one of several events or for all of them, and acts on them. */
export function compileEvents(
  context: PlanContext,
  container: NodeId,
  state: EventState,
  attachHandlers: AttachHandlers,
): Segment {
  const { builder } = context;
  const composite = builder.composite(container, state.name);
  const start = builder.start(composite.id, 'EmbeddedStart');
  composite.start = start.id;
  const awaited = withTimeout(
    context,
    composite.id,
    state,
    compileAlternatives(
      context,
      composite.id,
      state,
      state.onEvents,
      (inner, onEvents) => compileOnEvents(context, inner, state, onEvents),
    ),
  );
  builder.connect(start, awaited.incoming);
  builder.connect(
    awaited.outgoing,
    builder.end(composite.id, 'EmbeddedEnd', true),
  );
  attachHandlers(composite);
  return segment(composite);
}

function compileOnEvents(
  context: PlanContext,
  container: NodeId,
  state: EventState,
  onEvents: OnEvents,
): Segment {
  const awaited = compileAlternatives(
    context,
    container,
    state,
    onEvents.eventRefs,
    (inner, eventRef) =>
      compileWait(context, inner, state, eventRef, onEvents.eventDataFilter),
  );
  const composite = context.builder.composite(container, state.name);
  compileActions(context, composite, onEvents.actions, scopeOf(state));
  context.builder.connect(awaited.outgoing, composite);
  return segment(awaited.incoming, composite);
}

/** One or all of several things, in a composite of their own when there are several. */
function compileAlternatives<T>(
  context: PlanContext,
  container: NodeId,
  state: EventState,
  alternatives: readonly T[],
  compile: (container: NodeId, alternative: T) => Segment,
): Segment {
  if (alternatives.length === 1) {
    return compile(container, alternatives[0]);
  }
  const { builder } = context;
  const composite = builder.composite(container, state.name);
  const split = builder.split(composite.id, state.exclusive ? 'race' : 'all');
  split.name = `${state.name}Split`;
  const start = builder.start(composite.id, 'Start');
  composite.start = start.id;
  builder.connect(start, split);
  const join = builder.join(composite.id, state.exclusive ? 'pass' : 'all');
  join.name = `${state.name}Join`;
  for (const alternative of alternatives) {
    const compiled = compile(composite.id, alternative);
    builder.connect(split, compiled.incoming);
    builder.connect(compiled.outgoing, join);
  }
  builder.connect(join, builder.end(composite.id, 'End', false));
  return segment(composite);
}

/** Each of the events starts an instance, whatever `exclusive` says. */
export function compileStartEvents(
  context: PlanContext,
  state: EventState,
  attachHandlers: AttachHandlers,
): Segment {
  const onEvents = state.onEvents.map(each => {
    const starts = each.eventRefs.map(eventRef =>
      compileStartEvent(context, state, eventRef, each.eventDataFilter),
    );
    const joined = joinStarts(context, state, starts);
    const composite = context.builder.composite(PROCESS, state.name);
    compileActions(context, composite, each.actions, scopeOf(state));
    composite.stateName = state.name;
    attachHandlers(composite);
    context.builder.connect(joined.outgoing, composite);
    return segment(joined.incoming, composite);
  });
  return joinStarts(context, state, onEvents);
}

function joinStarts(
  context: PlanContext,
  state: EventState,
  starts: readonly Segment[],
): Segment {
  if (starts.length === 1) {
    return starts[0];
  }
  const join = context.builder.join(PROCESS, 'pass');
  join.name = `${state.name}Join`;
  for (const start of starts) {
    context.builder.connect(start.outgoing, join);
  }
  return segment(join);
}

function compileStartEvent(
  context: PlanContext,
  state: EventState,
  eventRef: string,
  filter: EventDataFilter | undefined,
): Segment {
  const { builder } = context;
  builder.newVariable(state.name);
  const event = findEvent(context, eventRef);
  const start = builder.start(PROCESS, eventRef);
  start.trigger = { eventName: eventRef, eventType: event.type };
  start.stateName = state.name;
  let last: PlanNode = start;
  const append = (node: PlanNode) => {
    builder.connect(last, node);
    last = node;
  };
  if (filter && !filter.useData) {
    append(
      builder.action(PROCESS, {
        do: 'set',
        variable: WORKFLOW_DATA,
        value: {},
      }),
    );
  } else {
    if (filter?.data !== undefined) {
      append(
        builder.action(PROCESS, {
          do: 'evaluate',
          expression: filter.data,
          from: WORKFLOW_DATA,
          to: WORKFLOW_DATA,
        }),
      );
    }
    if (filter?.toStateData !== undefined) {
      append(
        builder.action(PROCESS, {
          do: 'collectFresh',
          expression: filter.toStateData,
          value: WORKFLOW_DATA,
        }),
      );
    }
  }
  return segment(start, last);
}
