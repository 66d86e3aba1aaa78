import { Action, ActionDataFilter, EventRef } from '../../model';
import { compileFunctionRef } from './compileFunctionRef';
import { CompositeNode, ForEachNode, NodeId, PlanNode } from './Plan';
import { findEvent, PlanContext } from './PlanContext';
import { Segment, segment } from './Segment';

/** Where actions stand and which data they work on. */
export interface ActionScope {
  stateName: string;
  branch?: string;
  /** Variable that takes the results; each action gets its own when missing. */
  resultVariable?: string;
  /** Whether results are merged into the data. A foreach collects them instead. */
  mergesResults: boolean;
  /** Variable that holds the data. */
  model: string;
}

/** Fills a composite: its start, the actions one after the other, its end. */
export function compileActions(
  context: PlanContext,
  container: CompositeNode | ForEachNode,
  actions: readonly Action[],
  scope: ActionScope,
  beforeEnd?: () => PlanNode,
): void {
  const { builder } = context;
  const start = builder.start(container.id, 'EmbeddedStart');
  container.start = start.id;
  let current: PlanNode = start;
  for (const action of actions) {
    const variable =
      scope.resultVariable ?? builder.newVariable(scope.stateName);
    const compiled = compileAction(context, container.id, action, {
      ...scope,
      resultVariable: variable,
    });
    builder.connect(current, compiled.incoming);
    current = compiled.outgoing;
  }
  if (beforeEnd) {
    const last = beforeEnd();
    builder.connect(current, last);
    current = last;
  }
  builder.connect(current, builder.end(container.id, 'EmbeddedEnd', true));
}

/** One action with its filters, pauses and condition. */
export function compileAction(
  context: PlanContext,
  container: NodeId,
  action: Action,
  scope: ActionScope & { resultVariable: string },
): Segment {
  const filtered = compileFiltered(
    context,
    container,
    action.actionDataFilter,
    scope,
    input => named(compileTarget(context, container, action, input, scope)),
  );
  return addCondition(
    context,
    container,
    action,
    addSleep(context, container, action, filtered),
  );

  function named(node: PlanNode): PlanNode {
    node.action = action.name;
    node.stateName = scope.stateName;
    node.branch = scope.branch;
    return node;
  }
}

/** What a filter may do around an action or event. */
export type DataFilter = Partial<
  Pick<
    ActionDataFilter,
    'fromStateData' | 'useResults' | 'results' | 'toStateData'
  >
>;

/** Surrounds a node by the nodes that prepare its input and put its result away. */
export function compileFiltered(
  context: PlanContext,
  container: NodeId,
  filter: DataFilter | undefined,
  scope: ActionScope & { resultVariable: string },
  makeNode: (inputVariable: string) => PlanNode,
): Segment {
  const { builder } = context;
  const { fromStateData, results, toStateData, useResults } = filter ?? {};
  const { resultVariable: result, model } = scope;
  const first =
    fromStateData === undefined
      ? undefined
      : builder.action(container, {
          do: 'evaluate',
          expression: fromStateData,
          from: model,
          to: result,
        });
  const node = makeNode(first ? result : model);
  if (first) {
    builder.connect(first, node);
  }
  let last = node;
  const append = (next: PlanNode) => {
    builder.connect(last, next);
    last = next;
  };
  if (useResults !== false) {
    if (results !== undefined) {
      append(
        builder.action(container, {
          do: 'evaluate',
          expression: results,
          from: result,
          to: result,
        }),
      );
    }
    if (toStateData !== undefined) {
      append(
        builder.action(container, {
          do: 'collect',
          expression: toStateData,
          model,
          value: result,
        }),
      );
    } else if (scope.mergesResults) {
      append(
        builder.action(container, { do: 'merge', from: result, to: model }),
      );
    }
  }
  return segment(first ?? node, last);
}

function compileTarget(
  context: PlanContext,
  container: NodeId,
  action: Action,
  input: string,
  scope: ActionScope & { resultVariable: string },
): PlanNode {
  if (action.functionRef) {
    return compileFunctionRef(context, container, action.functionRef, {
      input,
      output: scope.resultVariable,
    });
  }
  if (action.eventRef) {
    return compileSend(context, container, action.eventRef, input);
  }
  return context.builder.subProcess(
    container,
    action.subFlowRef.workflowId,
    input,
    scope.resultVariable,
  );
}

function compileSend(
  context: PlanContext,
  container: NodeId,
  eventRef: EventRef,
  model: string,
): PlanNode {
  const name = eventRef.triggerEventRef ?? '';
  const event = findEvent(context, name);
  return context.builder.action(
    container,
    {
      do: 'produce',
      produce: {
        eventType: event.type,
        data: eventRef.data,
        attributes: eventRef.contextAttributes,
        model,
      },
    },
    name,
  );
}

function addSleep(
  context: PlanContext,
  container: NodeId,
  action: Action,
  inner: Segment,
): Segment {
  const { builder } = context;
  let { incoming, outgoing } = inner;
  if (action.sleep?.before) {
    const pause = builder.timer(container, action.sleep.before);
    builder.connect(pause, incoming);
    incoming = pause;
  }
  if (action.sleep?.after) {
    const pause = builder.timer(container, action.sleep.after);
    builder.connect(outgoing, pause);
    outgoing = pause;
  }
  return segment(incoming, outgoing);
}

function addCondition(
  context: PlanContext,
  container: NodeId,
  action: Action,
  inner: Segment,
): Segment {
  if (action.condition === undefined) {
    return inner;
  }
  const { builder } = context;
  const split = builder.split(container, 'conditions');
  split.conditions.push({
    expression: action.condition,
    target: inner.incoming.id,
    isDefault: false,
  });
  builder.connect(split, inner.incoming);
  const join = builder.join(container, 'pass');
  builder.connect(inner.outgoing, join);
  builder.connect(split, join);
  split.otherwise = join.id;
  if (action.name !== undefined) {
    split.name = `Split_${action.name}`;
    join.name = `Join_${action.name}`;
  }
  return segment(split, join);
}
