import {
  DataCondition,
  End,
  EventCondition,
  OnError,
  Outcome,
  State,
  SwitchState,
  Transition,
} from '../../model';
import { compileEnd, compileProduce } from './compileEnd';
import { compileWait } from './compileEvents';
import { compileState } from './compileState';
import {
  ActionNode,
  CompositeNode,
  ForEachNode,
  JoinNode,
  NodeId,
  PlanNode,
  PROCESS,
  SplitNode,
  StartNode,
  WORKFLOW_DATA,
} from './Plan';
import { PlanContext } from './PlanContext';
import { resolveEventTimeout } from './resolveEventTimeout';

const NO_END: End = { terminate: false, produceEvents: [], compensate: false };

/** Finds the wiring of a state by its name. */
export type FindState = (name: string) => StateWiring | undefined;

/**
 * Connects the nodes of one state with those of the others. Its methods are called phase by phase for
 * all states, in SonataFlow's order, because identifiers are handed out on the way.
 */
export class StateWiring {
  readonly state: State;
  readonly #context: PlanContext;
  readonly #findState: FindState;
  readonly #sources: PlanNode[] = [];
  readonly #whenConnected: (() => void)[] = [];
  #container: NodeId = PROCESS;
  #start?: StartNode;
  #end?: PlanNode;
  #core?: PlanNode;
  #incoming?: PlanNode;
  #outgoing?: PlanNode;
  #join?: JoinNode;

  constructor(state: State, context: PlanContext, findState: FindState) {
    this.state = state;
    this.#context = context;
    this.#findState = findState;
  }

  get #builder() {
    return this.#context.builder;
  }

  get #isStart(): boolean {
    return this.#context.workflow.start?.stateName === this.state.name;
  }

  /** Where the state is entered; only after `addNodes`. */
  get incoming(): PlanNode {
    if (!this.#incoming) {
      throw new Error(`State ${this.state.name} has no nodes yet`);
    }
    return this.#incoming;
  }

  get outgoing(): PlanNode {
    return this.#outgoing ?? this.incoming;
  }

  addStart(): NodeId | undefined {
    if (!this.#isStart || this.state.type === 'event') {
      return undefined;
    }
    this.#start = this.#builder.start(PROCESS, 'Start');
    this.#start.stateName = this.state.name;
    return this.#start.id;
  }

  addEnd(): void {
    if (this.state.end) {
      this.#end = this.#endNodes(this.state.end);
      this.#end.name = 'End';
      this.#end.stateName = this.state.name;
    }
  }

  addNodes(container: NodeId = PROCESS): void {
    const { state } = this;
    this.#container = container;
    const nodes = compileState(this.#context, container, state, composite =>
      this.#attachHandlers(composite),
    );
    this.#core = nodes.incoming;
    this.#incoming = nodes.incoming;
    this.#outgoing = nodes.outgoing;
    nodes.incoming.stateName = state.name;
    nodes.outgoing.stateName = state.name;
    if (state.compensatedBy !== undefined) {
      this.#addCompensation(nodes.outgoing, state.compensatedBy);
    }
    this.#addDataFilters();
    if (this.#start) {
      this.#builder.connect(this.#start, this.incoming);
    }
    if (this.#end) {
      const last = state.end?.compensate
        ? this.#compensateAfter(this.outgoing)
        : this.outgoing;
      this.#builder.connect(last, this.#end);
    }
  }

  addTransitions(): void {
    const { state } = this;
    if (state.transition) {
      this.#transition(state.transition, this.outgoing);
    }
    if (state.type === 'switch') {
      this.#addSwitch(state);
    }
  }

  addConnections(): void {
    for (const source of this.#sources) {
      this.#builder.connect(source, this.entrance());
    }
    this.#whenConnected.forEach(connected => connected());
  }

  /** The node that all ways to this state lead to: a join when there are several. */
  entrance(): PlanNode {
    if (this.#join) {
      return this.#join;
    }
    if (this.#sources.length < 2) {
      return this.incoming;
    }
    this.#join = this.#builder.join(this.#container, 'pass');
    this.#join.name = `Join-${this.#builder.nameForOthers(this.incoming)}`;
    this.#join.stateName = this.state.name;
    this.#builder.connect(this.#join, this.incoming);
    return this.#join;
  }

  comesFrom(source: PlanNode): void {
    if (source.kind === 'split' || !this.#sources.includes(source)) {
      this.#sources.push(source);
    }
  }

  #addDataFilters(): void {
    const filter = this.state.stateDataFilter;
    if (filter?.input !== undefined) {
      const node = this.#filterNode(filter.input);
      this.#builder.connect(node, this.incoming);
      this.#incoming = node;
    }
    if (filter?.output !== undefined && this.state.type !== 'switch') {
      const node = this.#filterNode(filter.output);
      this.#builder.connect(this.outgoing, node);
      this.#outgoing = node;
    }
  }

  #filterNode(expression: string): ActionNode {
    const node = this.#builder.action(this.#container, {
      do: 'evaluate',
      expression,
      from: WORKFLOW_DATA,
      to: WORKFLOW_DATA,
    });
    node.stateName = this.state.name;
    return node;
  }

  /** Follows a transition from a node; gives back the first node on the way, or the target. */
  #transition(
    transition: Transition,
    source: PlanNode,
  ): { target?: StateWiring; first?: PlanNode } {
    const target = this.#findState(transition.nextState);
    if (!target) {
      this.#context.problem(
        `There is no state for transition ${transition.nextState} originated in ${this.state.name}`,
      );
      return {};
    }
    const compensation = transition.compensate
      ? this.#compensateAfter(source)
      : undefined;
    if (transition.produceEvents.length === 0) {
      target.comesFrom(compensation ?? source);
      return compensation ? { first: compensation } : { target };
    }
    const last = this.#builder.action(this.#container, { do: 'nothing' });
    last.stateName = this.state.name;
    const first = compileProduce(
      this.#context,
      this.#container,
      last,
      transition.produceEvents,
    );
    this.#builder.connect(compensation ?? source, first);
    target.comesFrom(last);
    return { first: compensation ?? first };
  }

  #endNodes(end: End): PlanNode {
    return compileEnd(this.#context, this.#container, this.state, end);
  }

  #compensateAfter(source: PlanNode): ActionNode {
    const node = this.#builder.action(this.#container, { do: 'compensate' });
    node.name = `${this.state.name}-${node.id}`;
    this.#builder.connect(source, node);
    return node;
  }

  #addCompensation(compensated: PlanNode, name: string): void {
    const first = this.#findState(name);
    if (!first) {
      this.#context.problem(
        `State ${this.state.name} refers to a compensation ${name} which cannot be found`,
      );
      return;
    }
    // SonataFlow attaches an event node for the compensation here.
    this.#builder.newId();
    const composite = this.#builder.composite(this.#container, '');
    composite.isForCompensation = true;
    compensated.compensatedBy = composite.id;
    const start = this.#builder.start(composite.id, 'Start');
    composite.start = start.id;
    const chain = this.#compensationChain(first.state);
    chain.forEach(each => each.addNodes(composite.id));
    chain.forEach(each => each.addTransitions());
    chain.forEach(each => each.addConnections());
    this.#builder.connect(start, chain[0].entrance());
    const end = this.#builder.end(composite.id, 'End', false);
    this.#builder.connect(chain[chain.length - 1].outgoing, end);
  }

  /** The states that undo this one, made anew because several states may be undone by the same. */
  #compensationChain(first: State): StateWiring[] {
    const chain = new Map<string, StateWiring>();
    const find: FindState = name => chain.get(name) ?? this.#findState(name);
    let next: State | undefined = first;
    while (next && !chain.has(next.name)) {
      const state: State = next;
      chain.set(state.name, new StateWiring(state, this.#context, find));
      if (state.compensatedBy !== undefined) {
        this.#context.problem(
          `Serverless workflow specification forbids nested compensations, hence state ${state.name} is not valid`,
        );
      }
      next =
        state.transition && this.#findState(state.transition.nextState)?.state;
      if (next && !next.usedForCompensation) {
        this.#context.problem(
          `Compensation state can only have transition to other compensation state. State ${next.name} is not used for compensation`,
        );
        next = undefined;
      }
    }
    return [...chain.values()];
  }

  #attachHandlers(composite: CompositeNode | ForEachNode): void {
    for (const onError of this.state.onErrors) {
      for (const code of this.#codes(onError)) {
        const boundary = this.#builder.boundary(
          composite.container,
          `Error-${this.#builder.nameForOthers(composite)}-${code}`,
          composite.id,
        );
        composite.handlers.push({ code, boundary: boundary.id });
        if (onError.end) {
          this.#builder.connect(boundary, this.#endNodes(onError.end));
        } else if (onError.transition) {
          this.#transition(onError.transition, boundary);
        }
      }
    }
  }

  #codes(onError: OnError): string[] {
    const { errors } = this.#context.workflow;
    return onError.errorRefs.flatMap(ref => {
      const code = errors.find(each => each.name === ref)?.code;
      if (code === undefined) {
        this.#context.problem(
          `Cannot find any error definition for errorRef${ref}`,
        );
        return [];
      }
      return [code];
    });
  }

  #addSwitch(state: SwitchState): void {
    const split = this.#core;
    if (split?.kind !== 'split') {
      throw new Error(`Switch ${state.name} has no split`);
    }
    if (state.eventConditions) {
      this.#addEventConditions(split, state, state.eventConditions);
    } else {
      this.#addDataConditions(split, state, state.dataConditions);
    }
  }

  #addEventConditions(
    split: SplitNode,
    state: SwitchState,
    conditions: readonly EventCondition[],
  ): void {
    const { defaultCondition } = state;
    if (defaultCondition) {
      const timeout = resolveEventTimeout(this.#context, state);
      if (timeout === undefined) {
        this.#context.problem(
          `The "eventTimeout" configuration is required for the "eventConditions" based switch state "${state.name}" with a "defaultCondition"`,
        );
      }
      const timer = this.#builder.timer(this.#container, timeout ?? 'PT0S');
      this.#builder.connect(split, timer);
      this.#follow(defaultCondition, timer);
    }
    for (const condition of conditions) {
      const wait = compileWait(
        this.#context,
        this.#container,
        state,
        condition.eventRef,
        condition.eventDataFilter,
      );
      this.#builder.connect(split, wait.incoming);
      this.#follow(condition, wait.outgoing);
    }
  }

  #follow(
    outcome: Outcome,
    source: PlanNode,
  ): { target?: StateWiring; first?: PlanNode } {
    if (outcome.transition) {
      return this.#transition(outcome.transition, source);
    }
    const first = this.#endNodes(outcome.end ?? NO_END);
    this.#builder.connect(source, first);
    return { first };
  }

  #addDataConditions(
    split: SplitNode,
    state: SwitchState,
    conditions: readonly DataCondition[],
  ): void {
    const { defaultCondition } = state;
    if (defaultCondition) {
      const followed = this.#follow(defaultCondition, split);
      this.#whenConnected.push(() => {
        split.otherwise = (followed.target?.entrance() ?? followed.first)?.id;
      });
    }
    for (const condition of conditions) {
      const followed = this.#follow(condition, split);
      this.#whenConnected.push(() => {
        const target = followed.target?.entrance() ?? followed.first;
        if (target) {
          split.conditions.push({
            expression: condition.condition,
            target: target.id,
            isDefault: leadsTo(condition, defaultCondition),
          });
        }
      });
    }
  }
}

/** SonataFlow never evaluates a condition that leads where the default leads. */
function leadsTo(
  { transition, end }: Outcome,
  other: Outcome | undefined,
): boolean {
  return (
    (transition !== undefined &&
      transition.nextState === other?.transition?.nextState) ||
    (end !== undefined && other?.end !== undefined)
  );
}
