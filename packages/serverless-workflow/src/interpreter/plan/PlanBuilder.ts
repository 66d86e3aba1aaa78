import {
  ActionEffect,
  ActionNode,
  BoundaryNode,
  CompositeNode,
  EndNode,
  EventNode,
  ForEachNode,
  JoinNode,
  NodeBase,
  NodeId,
  PlanNode,
  SplitNode,
  StartNode,
  SubProcessNode,
  TimerNode,
  WorkNode,
} from './Plan';

/** What SonataFlow shows for an action that has no name. */
const UNNAMED_ACTION = 'Script';

/**
 * Makes nodes and connects them. Identifiers are handed out in the order of the calls: who calls in
 * SonataFlow's order gets SonataFlow's identifiers, and with them its names.
 */
export class PlanBuilder {
  readonly nodes: (PlanNode | undefined)[] = [undefined];
  #nextId = 1;

  newId(): NodeId {
    return this.#nextId++;
  }

  /** A name for a temporary variable; takes an identifier, as in SonataFlow. */
  newVariable(stateName: string): string {
    return `${stateName}_${this.newId()}`;
  }

  node(id: NodeId): PlanNode {
    const node = this.nodes[id];
    if (!node) {
      throw new Error(`There is no node ${id}`);
    }
    return node;
  }

  start(container: NodeId, name: string): StartNode {
    const base = this.#base(container, name, 'StartNode');
    return this.#add({ ...base, kind: 'start' });
  }

  end(container: NodeId, name: string, terminate: boolean): EndNode {
    const base = this.#base(container, name, 'EndNode');
    return this.#add({ ...base, kind: 'end', terminate });
  }

  action(
    container: NodeId,
    effect: ActionEffect,
    name: string = UNNAMED_ACTION,
  ): ActionNode {
    const base = this.#base(container, name, 'ActionNode');
    return this.#add({ ...base, kind: 'action', effect });
  }

  split(container: NodeId, mode: SplitNode['mode']): SplitNode {
    const base = this.#base(container, '', 'Split');
    const prefix = mode === 'race' ? 'EventSplit' : 'ExclusiveSplit';
    base.name = `${prefix}_${base.id}`;
    return this.#add({ ...base, kind: 'split', mode, conditions: [] });
  }

  join(container: NodeId, mode: JoinNode['mode']): JoinNode {
    const base = this.#base(container, 'Join', 'Join');
    return this.#add({ ...base, kind: 'join', mode, incoming: [] });
  }

  composite(container: NodeId, name: string): CompositeNode {
    const base = this.#base(container, name, 'CompositeContextNode');
    return this.#add({
      ...base,
      kind: 'composite',
      handlers: [],
      isForCompensation: false,
    });
  }

  forEach(container: NodeId, collection: string): ForEachNode {
    const base = this.#base(container, 'ForEach', 'ForEachNode');
    return this.#add({ ...base, kind: 'foreach', handlers: [], collection });
  }

  boundary(container: NodeId, name: string, attachedTo: NodeId): BoundaryNode {
    const base = this.#base(container, name, 'BoundaryEventNode');
    return this.#add({ ...base, kind: 'boundary', attachedTo });
  }

  timer(container: NodeId, delay: string, name?: string): TimerNode {
    const base = this.#base(container, name ?? '', 'TimerNode');
    base.name = name ?? `TimerNode_${base.id}`;
    return this.#add({ ...base, kind: 'timer', delay });
  }

  event(
    container: NodeId,
    event: { name: string; type: string },
    output: string,
  ): EventNode {
    const base = this.#base(container, event.name, 'EventNode');
    return this.#add({
      ...base,
      kind: 'event',
      eventName: event.name,
      eventType: event.type,
      output,
    });
  }

  work(
    container: NodeId,
    name: string,
    work: Pick<WorkNode, 'call' | 'arguments' | 'input' | 'output'>,
  ): WorkNode {
    const base = this.#base(container, name, 'WorkItemNode');
    return this.#add({ ...base, kind: 'work', ...work });
  }

  subProcess(
    container: NodeId,
    workflowId: string,
    input: string,
    output: string,
  ): SubProcessNode {
    const base = this.#base(container, workflowId, 'SubProcessNode');
    return this.#add({
      ...base,
      kind: 'subProcess',
      workflowId,
      input,
      output,
    });
  }

  /** The name that SonataFlow builds other names of: that of a node without a name is `null`. */
  nameForOthers({ kind, name }: PlanNode): string {
    const isUnnamed =
      kind === 'foreach' || (kind === 'action' && name === UNNAMED_ACTION);
    return isUnnamed ? 'null' : name;
  }

  connect(from: NodeBase, to: NodeBase): void {
    from.outgoing.push(to.id);
    const target = this.node(to.id);
    if (target.kind === 'join') {
      target.incoming.push(from.id);
    }
  }

  #base(container: NodeId, name: string, type: string) {
    return {
      id: this.newId(),
      name,
      type,
      container,
      outgoing: [] as NodeId[],
    };
  }

  #add<T extends PlanNode>(node: T): T {
    this.nodes[node.id] = node;
    return node;
  }
}
