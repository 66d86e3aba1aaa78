import { Effect } from '../interpreter/core/Effect';
import { TokenId } from '../interpreter/core/InstanceState';
import { Plan } from '../interpreter/plan/Plan';
import { Json } from '../model';
import { NodeSnapshot } from './WorkflowRuntime';

interface Entry {
  token: TokenId;
  node: number;
  container: TokenId;
  iteration: number | undefined;
  enteredMs: number;
  leftMs?: number;
  status: NodeSnapshot['status'];
  error?: string;
  isHandled?: true;
  input?: Json;
  output?: Json;
  childInstanceId?: string;
}

/** Of an instance that enters more nodes than this, the ones in the middle are forgotten. */
const MOST_ENTRIES = 10_000;
const FIRST_ENTRIES = 1_000;
const FORGOTTEN_AT_ONCE = 5_000;

/** The nodes that one instance has entered, in that order. */
export class History {
  #entries: Entry[] = [];
  readonly #open = new Map<TokenId, Entry>();

  entered(effect: Extract<Effect, { type: 'entered' }>, nowMs: number): void {
    const entry: Entry = {
      token: effect.token,
      node: effect.node,
      container: effect.container,
      iteration: effect.iteration,
      enteredMs: nowMs,
      status: 'running',
    };
    if (this.#entries.length >= MOST_ENTRIES) {
      this.#forgetSome();
    }
    this.#entries.push(entry);
    this.#open.set(effect.token, entry);
  }

  #forgetSome(): void {
    const until = FIRST_ENTRIES + FORGOTTEN_AT_ONCE;
    this.#entries = this.#entries.filter(
      ({ token }, index) =>
        index < FIRST_ENTRIES || index >= until || this.#open.has(token),
    );
  }

  left(effect: Extract<Effect, { type: 'left' }>, nowMs: number): void {
    const entry = this.#open.get(effect.token);
    if (!entry) {
      return;
    }
    this.#open.delete(effect.token);
    entry.status = effect.status;
    entry.error = effect.error;
    entry.isHandled = effect.isHandled;
    entry.output = effect.output;
    if (effect.status === 'completed' || effect.isHandled) {
      entry.leftMs = nowMs;
    }
  }

  waiting(token: TokenId): void {
    this.#change(token, { status: 'waiting' });
  }

  called(token: TokenId, input: Json | undefined): void {
    this.#change(token, { input });
  }

  child(token: TokenId, childInstanceId: string, input: Json): void {
    this.#change(token, { childInstanceId, input });
  }

  #change(token: TokenId, change: Partial<Entry>): void {
    const entry = this.#open.get(token);
    if (entry) {
      Object.assign(entry, change);
    }
  }

  enteredMs(token: TokenId): number | undefined {
    return this.#open.get(token)?.enteredMs;
  }

  /** What it keeps in memory. */
  held(): unknown {
    return this.#entries;
  }

  snapshot(instanceId: string, plan: Plan): NodeSnapshot[] {
    const shown = new Set(this.#entries.map(entry => entry.token));
    return this.#entries.map(entry => {
      const node = plan.nodes[entry.node];
      return {
        id: nodeInstanceId(instanceId, entry.token),
        definitionId: String(entry.node),
        name: node?.name ?? '',
        type: node?.type ?? '',
        stateName: node?.stateName,
        parentNodeId: shown.has(entry.container)
          ? nodeInstanceId(instanceId, entry.container)
          : undefined,
        status: entry.status,
        enter: new Date(entry.enteredMs).toISOString(),
        exit:
          entry.leftMs === undefined
            ? undefined
            : new Date(entry.leftMs).toISOString(),
        errorMessage: entry.error,
        errorHandled: entry.isHandled,
        iteration: entry.iteration,
        branch: node?.branch,
        childInstanceId: entry.childInstanceId,
        input: entry.input,
        output: entry.output,
      };
    });
  }
}

export function nodeInstanceId(instanceId: string, token: TokenId): string {
  return `${instanceId}:${token}`;
}
