import type {
  InstanceSummarySnapshot,
  WorkflowRuntime,
} from '@open-orchestrator/serverless-workflow/runtime';

export interface KeptInstancesOptions {
  runtime: Pick<WorkflowRuntime, 'heldBytes' | 'forget'>;
  /** Finished and failed instances whose details are kept. */
  maxFinished: number;
  /** Memory that all these details take, about. */
  maxBytes: number;
  /** Called with the instances whose details were dropped. */
  onEvicted: (ids: string[]) => void;
}

/**
 * Bounds the memory that finished instances take: the details of the oldest are dropped. A failed
 * instance counts as finished until it is retried.
 */
export class KeptInstances {
  readonly #options: KeptInstancesOptions;
  /** Size by id, those that finished first in front. */
  readonly #finished = new Map<string, number>();
  readonly #revisions = new Map<string, string>();
  #bytes = 0;
  #eviction: NodeJS.Immediate | undefined;

  private constructor(options: KeptInstancesOptions) {
    this.#options = options;
  }

  static create(options: KeptInstancesOptions): KeptInstances {
    return new KeptInstances(options);
  }

  /** Takes note of a change of an instance. */
  note({ id, state, revision }: InstanceSummarySnapshot): void {
    this.#revisions.set(id, revision);
    this.#bytes -= this.#finished.get(id) ?? 0;
    this.#finished.delete(id);
    if (state === 'ACTIVE') {
      return;
    }
    const bytes = this.#options.runtime.heldBytes(id);
    this.#finished.set(id, bytes);
    this.#bytes += bytes;
    if (this.#isOverfull()) {
      // Not at once: the runtime is still busy with the instance that it tells of.
      this.#eviction ??= setImmediate(() => this.#evict());
    }
  }

  /** Unfinished instances of each revision that any kept instance runs. */
  byRevision(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const [id, revision] of this.#revisions) {
      const more = this.#finished.has(id) ? 0 : 1;
      counts.set(revision, (counts.get(revision) ?? 0) + more);
    }
    return counts;
  }

  #isOverfull(): boolean {
    const { maxFinished, maxBytes } = this.#options;
    return this.#finished.size > maxFinished || this.#bytes > maxBytes;
  }

  #evict(): void {
    this.#eviction = undefined;
    const evicted: string[] = [];
    for (const [id, bytes] of this.#finished) {
      if (!this.#isOverfull()) {
        break;
      }
      this.#finished.delete(id);
      this.#revisions.delete(id);
      this.#bytes -= bytes;
      this.#options.runtime.forget(id);
      evicted.push(id);
    }
    if (evicted.length > 0) {
      this.#options.onEvicted(evicted);
    }
  }
}
