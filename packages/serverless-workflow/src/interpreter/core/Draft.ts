import { Json } from '../../model';
import { ExpressionContext } from '../../expression';
import {
  ITERATION_RESULT,
  NodeId,
  PlanNode,
  WORKFLOW_DATA,
} from '../plan/Plan';
import { Effect } from './Effect';
import { Environment } from './Environment';
import {
  InstanceError,
  InstanceState,
  InstanceStatus,
  LastResponse,
  PROCESS_TOKEN,
  Token,
  TokenId,
  Work,
} from './InstanceState';
import { MAX_DEPTH } from '../functions/parseJson';
import { JsonMeasures } from './JsonMeasures';
import { WorkflowFailure } from './WorkflowFailure';

const measures = new JsonMeasures();

/** A limit was hit; nothing in the workflow can catch this. */
export class LimitFailure extends WorkflowFailure {
  constructor(message: string) {
    super('RuntimeException', message);
  }
}

/** The next state of an instance in the making, together with what is to be done. */
export class Draft {
  readonly environment: Environment;
  readonly effects: Effect[] = [];
  status: InstanceStatus;
  lastResponse: LastResponse;
  work: Work | undefined;
  blockedOn: TokenId | undefined;
  completed: readonly NodeId[];
  error: InstanceError | undefined;
  aborting: boolean;
  #data: Json;
  #variables: Readonly<Record<string, Json>>;
  #tokens: ReadonlyMap<TokenId, Token>;
  #ownTokens: Map<TokenId, Token> | undefined;
  #nextToken: TokenId;
  #steps: number;

  constructor(state: InstanceState, environment: Environment) {
    this.environment = environment;
    this.status = state.status;
    this.lastResponse = state.lastResponse;
    this.work = state.work;
    this.blockedOn = state.blockedOn;
    this.completed = state.completed;
    this.error = state.error;
    this.aborting = state.aborting;
    this.#data = state.data;
    this.#variables = state.variables;
    this.#tokens = state.tokens;
    this.#nextToken = state.nextToken;
    this.#steps = state.steps;
  }

  toState(): InstanceState {
    return {
      status: this.status,
      data: this.#data,
      variables: this.#variables,
      lastResponse: this.lastResponse,
      tokens: this.#ownTokens ?? this.#tokens,
      nextToken: this.#nextToken,
      work: this.work,
      blockedOn: this.blockedOn,
      completed: this.completed,
      error: this.error,
      aborting: this.aborting,
      steps: this.#steps,
    };
  }

  get data(): Json {
    return this.#data;
  }

  get tokens(): ReadonlyMap<TokenId, Token> {
    return this.#ownTokens ?? this.#tokens;
  }

  node(id: NodeId): PlanNode {
    const node = this.environment.plan.nodes[id];
    if (!node) {
      throw new Error(`The plan has no node ${id}`);
    }
    return node;
  }

  newTokenId(): TokenId {
    return this.#nextToken++;
  }

  countStep(): void {
    this.#steps += 1;
    const { steps } = this.environment.limits;
    if (this.#steps > steps) {
      throw new LimitFailure(
        `The instance has entered more than ${steps} nodes, which is the limit (steps)`,
      );
    }
  }

  // Tokens

  put(token: Token): void {
    this.#ownTokens ??= new Map(this.#tokens);
    if (!this.#ownTokens.has(token.id)) {
      this.#countMember(token.container, 1);
    }
    this.#ownTokens.set(token.id, token);
  }

  remove(id: TokenId): void {
    this.#ownTokens ??= new Map(this.#tokens);
    const token = this.#ownTokens.get(id);
    if (token) {
      this.#ownTokens.delete(id);
      this.#countMember(token.container, -1);
    }
  }

  #countMember(container: TokenId, change: number): void {
    const token = this.#ownTokens?.get(container);
    if (token) {
      this.#ownTokens?.set(container, {
        ...token,
        members: token.members + change,
      });
    }
  }

  /** Whether a container still exists. */
  isOpen(container: TokenId): boolean {
    return container === PROCESS_TOKEN || this.tokens.has(container);
  }

  membersOf(container: TokenId): Token[] {
    if (container !== PROCESS_TOKEN && !this.tokens.get(container)?.members) {
      return [];
    }
    return [...this.tokens.values()].filter(
      token => token.container === container,
    );
  }

  // Variables

  get(name: string, container: TokenId): Json {
    if (name === WORKFLOW_DATA) {
      return this.#data;
    }
    const owner = this.#ownerOf(name, container);
    const variables = owner?.variables ?? this.#variables;
    return Object.hasOwn(variables, name) ? variables[name] : null;
  }

  set(name: string, value: Json, container: TokenId): void {
    this.#checkSize(value);
    if (name === WORKFLOW_DATA) {
      this.#data = value;
      return;
    }
    const owner =
      this.#ownerOf(name, container) ??
      (Object.hasOwn(this.#variables, name)
        ? undefined
        : this.tokens.get(container));
    if (owner) {
      this.put({ ...owner, variables: { ...owner.variables, [name]: value } });
    } else {
      this.#variables = { ...this.#variables, [name]: value };
    }
  }

  #ownerOf(name: string, container: TokenId): Token | undefined {
    let token = this.tokens.get(container);
    while (token) {
      if (token.variables && Object.hasOwn(token.variables, name)) {
        return token;
      }
      token = this.tokens.get(token.container);
    }
    return undefined;
  }

  #checkSize(value: Json): void {
    const { dataBytes } = this.environment.limits;
    const { size, depth } = measures.of(value, MAX_DEPTH);
    if (depth > MAX_DEPTH) {
      throw new LimitFailure(
        `The workflow data has become nested more than ${MAX_DEPTH} deep, which is the limit`,
      );
    }
    if (size > dataBytes) {
      throw new LimitFailure(
        `The workflow data has become larger than ${dataBytes} bytes, which is the limit (dataBytes)`,
      );
    }
  }

  /**
   * Iteration parameters that are visible in a container; the innermost hides the others. One that is
   * null is not defined, as in SonataFlow.
   */
  visibleIterations(container: TokenId): Record<string, Json> {
    const visible: Record<string, Json> = Object.create(null);
    for (
      let token = this.tokens.get(container);
      token;
      token = this.tokens.get(token.container)
    ) {
      const node = this.node(token.node);
      const name = node.kind === 'foreach' ? node.parameter : undefined;
      if (
        name !== undefined &&
        token.iteration !== undefined &&
        token.variables &&
        token.variables[name] !== null &&
        !Object.hasOwn(visible, name)
      ) {
        visible[name] = token.variables[name];
      }
    }
    return visible;
  }

  /** What expressions that stand in a container see beside their data. */
  expressionContext(container: TokenId): ExpressionContext {
    const { plan, instance, input } = this.environment;
    return {
      workflow: {
        id: plan.workflow.id,
        name: plan.workflow.name,
        instanceId: instance.id,
        headers: instance.headers,
        identity: 'anonymous',
        input,
        prevActionResult:
          container === PROCESS_TOKEN
            ? null
            : this.get(ITERATION_RESULT, container),
        ...this.lastResponse,
      },
      variables:
        container === PROCESS_TOKEN
          ? this.#variables
          : { ...this.#variables, ...this.visibleIterations(container) },
    };
  }
}
