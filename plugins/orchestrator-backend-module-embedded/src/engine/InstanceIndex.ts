import type {
  EngineChanges,
  EngineInstanceSummary,
  EngineSummaries,
  EngineWindowPage,
  InstanceState,
  TimeWindow,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { randomUUID } from 'node:crypto';
import { saySame } from '../channel';

interface Entry {
  summary: EngineInstanceSummary;
  /** The change that wrote the summary last. */
  sequence: number;
  detailsGone: boolean;
}

/** An entry's place in the order of changes; stale once the entry has changed again. */
interface Change {
  sequence: number;
  id: string;
}

const FINISHED: ReadonlySet<InstanceState> = new Set(['COMPLETED', 'ABORTED']);
/** Stale changes are swept when they outnumber the entries by so many. */
const STALE_CHANGES = 1_000;

/**
 * Summaries of the instances of this engine, in the order of their last change. Lives in the
 * portal, so that the feed answers while the engine process is busy or gone.
 */
export class InstanceIndex {
  /** Makes cursors of an earlier start of the portal recognisable. */
  readonly #epoch = randomUUID().slice(0, 8);
  readonly #maxFinished: number;
  readonly #entries = new Map<string, Entry>();
  readonly #finished = new Set<string>();
  readonly #byBusinessKey = new Map<string, string>();
  #changes: Change[] = [];
  #sequence = 0;

  private constructor(maxFinished: number) {
    this.#maxFinished = maxFinished;
  }

  /**
   * @param maxFinished - finished instances that are kept, failed ones without details among them;
   * the oldest are dropped first
   */
  static create(maxFinished: number): InstanceIndex {
    return new InstanceIndex(maxFinished);
  }

  /** Takes over what the engine told. True when anything changed by it. */
  put(summaries: EngineInstanceSummary[]): boolean {
    const before = this.#sequence;
    summaries.forEach(summary => this.#putOne(summary));
    this.#dropOldestFinished();
    this.#sweep();
    return this.#sequence !== before;
  }

  get(id: string): EngineInstanceSummary | undefined {
    return this.#entries.get(id)?.summary;
  }

  /** The instance that a run request with this key started. */
  findByBusinessKey(businessKey: string): EngineInstanceSummary | undefined {
    return this.get(this.#byBusinessKey.get(businessKey) ?? '');
  }

  /** Ends everything that has not ended: the process that ran it is gone. */
  loseUnfinished(at: string): boolean {
    const lost = [...this.#entries.values()]
      .map(entry => entry.summary)
      .filter(({ state }) => !FINISHED.has(state))
      .map(summary => ({ ...summary, ...engineLost(at) }));
    // Details went with the process, those of finished instances as well.
    this.markDetailsGone([...this.#entries.keys()]);
    return this.put(lost);
  }

  markDetailsGone(ids: string[]): void {
    for (const id of ids) {
      const entry = this.#entries.get(id);
      if (entry) {
        entry.detailsGone = true;
        if (entry.summary.state === 'ERROR') {
          // Without its details it can't be retried any more.
          this.#finished.add(id);
        }
      }
    }
  }

  areDetailsGone(id: string): boolean {
    return this.#entries.get(id)?.detailsGone ?? false;
  }

  /** A cursor of an earlier start of the portal, or none, begins at the beginning. */
  changesSince(cursor: string | undefined, limit: number): EngineChanges {
    const since = this.#sequenceOf(cursor);
    const summaries: EngineInstanceSummary[] = [];
    let last = since;
    let at = firstAfter(this.#changes, since);
    for (; at < this.#changes.length && summaries.length < limit; at++) {
      const { id, sequence } = this.#changes[at];
      const entry = this.#entries.get(id);
      if (entry?.sequence === sequence) {
        summaries.push(entry.summary);
      }
      last = sequence;
    }
    return {
      summaries,
      nextCursor: `${this.#epoch}:${last}`,
      more: at < this.#changes.length,
    };
  }

  summaries(ids: string[]): EngineSummaries {
    const summaries: EngineInstanceSummary[] = [];
    const unknownIds: string[] = [];
    for (const id of ids) {
      const summary = this.get(id);
      if (summary) {
        summaries.push(summary);
      } else {
        unknownIds.push(id);
      }
    }
    return { summaries, unknownIds };
  }

  window(
    { from, to, states }: TimeWindow,
    { offset, limit }: { offset: number; limit: number },
  ): EngineWindowPage {
    const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
    const matching = [...this.#entries.values()]
      .map(({ summary }) => ({
        summary,
        startedMs: Date.parse(summary.startedAt ?? ''),
      }))
      .filter(
        ({ summary, startedMs }) =>
          startedMs >= fromMs &&
          startedMs < toMs &&
          (states === undefined || states.includes(summary.state)),
      )
      .sort(byStart);
    return {
      summaries: matching
        .slice(offset, offset + limit)
        .map(({ summary }) => summary),
      more: matching.length > offset + limit,
    };
  }

  #putOne(summary: EngineInstanceSummary): void {
    const id = summary.engineInstanceId;
    const known = this.#entries.get(id);
    if (known && saySame(known.summary, summary)) {
      return;
    }
    this.#sequence += 1;
    this.#entries.set(id, {
      summary,
      sequence: this.#sequence,
      detailsGone: known?.detailsGone ?? false,
    });
    this.#changes.push({ sequence: this.#sequence, id });
    const { businessKey, parentId } = summary;
    if (!known && businessKey !== undefined && parentId === undefined) {
      this.#byBusinessKey.set(businessKey, id);
    }
    if (FINISHED.has(summary.state)) {
      this.#finished.add(id);
    }
  }

  #dropOldestFinished(): void {
    for (const id of this.#finished) {
      if (this.#finished.size <= this.#maxFinished) {
        return;
      }
      this.#finished.delete(id);
      const key = this.get(id)?.businessKey ?? '';
      if (this.#byBusinessKey.get(key) === id) {
        this.#byBusinessKey.delete(key);
      }
      this.#entries.delete(id);
    }
  }

  #sweep(): void {
    if (this.#changes.length > this.#entries.size * 2 + STALE_CHANGES) {
      this.#changes = this.#changes.filter(
        ({ id, sequence }) => this.#entries.get(id)?.sequence === sequence,
      );
    }
  }

  #sequenceOf(cursor: string | undefined): number {
    const [epoch, sequence] = (cursor ?? '').split(':');
    const number = Number(sequence);
    return epoch === this.#epoch && number <= this.#sequence ? number : 0;
  }
}

/** What becomes of an instance whose process is gone. */
export function engineLost(
  at: string,
): Pick<
  EngineInstanceSummary,
  'state' | 'endedAt' | 'endReason' | 'waitingFor'
> {
  return {
    state: 'ABORTED',
    endedAt: at,
    endReason: 'engine-lost',
    waitingFor: undefined,
  };
}

/** Index of the first change after a sequence number. */
function firstAfter(changes: Change[], sequence: number): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (changes[middle].sequence > sequence) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

function byStart(
  a: { summary: EngineInstanceSummary; startedMs: number },
  b: { summary: EngineInstanceSummary; startedMs: number },
): number {
  return (
    a.startedMs - b.startedMs ||
    (a.summary.engineInstanceId < b.summary.engineInstanceId ? -1 : 1)
  );
}
