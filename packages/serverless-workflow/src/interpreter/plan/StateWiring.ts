import {
  End,
  OnError,
  Outcome,
  State,
  SwitchState,
  Transition,
} from '../../model';
import { compensationStates } from './compensationStates';
import { compileEnd, compileProduce } from './compileEnd';
import { compileState } from './compileState';
import {
  ActionNode,
  CompositeNode,
  ForEachNode,
  JoinNode,
  NodeId,
  PlanNode,
  PROCESS,
  StartNode,
  WORKFLOW_DATA,
} from './Plan';
import { PlanContext } from './PlanContext';
import { Followed, wireSwitch } from './wireSwitch';

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
  #container: NodeId = PROCESS;
  #start?: StartNode;
  #end?: PlanNode;
  #core?: PlanNode;
  #incoming?: PlanNode;
  #outgoing?: PlanNode;
  #join?: JoinNode;
  #setTargets?: () => void;

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

  #addSwitch(state: SwitchState): void {
    if (this.#core?.kind !== 'split') {
      throw new Error(`Switch ${state.name} has no split`);
    }
    this.#setTargets = wireSwitch(
      this.#context,
      { container: this.#container, state, split: this.#core },
      (outcome, source) => this.#follow(outcome, source),
    );
  }

  addConnections(): void {
    for (const source of this.#sources) {
      this.#builder.connect(source, this.entrance());
    }
    this.#setTargets?.();
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
  #transition(transition: Transition, source: PlanNode): Followed {
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
    for (const state of compensationStates(
      this.#context,
      first,
      name => this.#findState(name)?.state,
    )) {
      chain.set(state.name, new StateWiring(state, this.#context, find));
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

  #follow(outcome: Outcome, source: PlanNode): Followed {
    if (outcome.transition) {
      return this.#transition(outcome.transition, source);
    }
    const first = this.#endNodes(outcome.end ?? NO_END);
    this.#builder.connect(source, first);
    return { first };
  }
}
