import {
  EngineChanges,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Clock } from '../http/Clock';
import { SummaryMapper } from '../mapping/SummaryMapper';
import { latestUpdate } from './latestUpdate';
import {
  decodeLateCursor,
  encodeLateCursor,
  LateCursor,
  LateKind,
  LatePass,
} from './LateCursor';
import { TimePager, TimeRange } from './TimePager';

/**
 * How late a row may become visible. A separate index was seen to stall for 12 seconds and to lag by
 * 75; a failure keeps the time of the start.
 */
const LATEST_MS: Record<LateKind, number> = {
  late: 120_000,
  unfinished: 3_600_000,
};
const UNFINISHED_EVERY_MS = 60_000;

const UNFINISHED: InstanceState[] = ['PENDING', 'ACTIVE', 'SUSPENDED', 'ERROR'];

/**
 * Looks back for what became visible behind the reader of changes.
 *
 * A reading starts as far before the beginning of the one before as a row may be late. So whatever
 * became visible since then, no later than that, is in it: however rarely anyone looks back, and
 * however long it takes.
 */
export class LateChanges {
  readonly #pager: TimePager;
  readonly #mapper: SummaryMapper;
  readonly #clock: Clock;

  private constructor(options: {
    pager: TimePager;
    mapper: SummaryMapper;
    clock: Clock;
  }) {
    this.#pager = options.pager;
    this.#mapper = options.mapper;
    this.#clock = options.clock;
  }

  static create(options: {
    pager: TimePager;
    mapper: SummaryMapper;
    clock: Clock;
  }): LateChanges {
    return new LateChanges(options);
  }

  /** One page; the one without more ends the reading. */
  async read(
    cursorText: string | undefined,
    limit: number,
    signal?: AbortSignal,
  ): Promise<EngineChanges> {
    const cursor = decodeLateCursor(cursorText) ?? this.#firstCursor();
    const pass = cursor.pass ?? beginPass(cursor, 'late');
    const { rows, next } = await this.#pager.page(
      rangeOf(pass),
      pass.position,
      Math.max(1, limit),
      signal,
    );
    // A time ahead of the portal's clock would let everything until then be passed over.
    const seen = Math.min(latestUpdate(rows), this.#clock.now());
    const read = { ...cursor, latest: Math.max(cursor.latest, seen) };
    const nextCursor = next
      ? { ...read, pass: { ...pass, position: next } }
      : this.#endPass(read, pass);
    return {
      summaries: await this.#mapper.map(rows, signal),
      nextCursor: encodeLateCursor(nextCursor),
      more: nextCursor.pass !== undefined,
    };
  }

  /** Before anyone looked back, whatever is late came within the last hour. */
  #firstCursor(): LateCursor {
    const hourAgo = this.#clock.now() - LATEST_MS.unfinished;
    return { latest: Math.max(0, hourAgo), reached: {} };
  }

  #endPass(cursor: LateCursor, { kind, reach }: LatePass): LateCursor {
    const ended: LateCursor = {
      ...cursor,
      reached: { ...cursor.reached, [kind]: reach },
      pass: undefined,
    };
    const now = this.#clock.now();
    if (kind === 'unfinished') {
      return { ...ended, unfinishedAt: now };
    }
    return isUnfinishedDue(ended, now)
      ? { ...ended, pass: beginPass(ended, 'unfinished') }
      : ended;
  }
}

function beginPass({ latest, reached }: LateCursor, kind: LateKind): LatePass {
  const from = (reached[kind] ?? latest) - LATEST_MS[kind];
  return { kind, from: Math.max(0, from), reach: latest };
}

/** A clock that was set back makes it due. */
function isUnfinishedDue({ unfinishedAt }: LateCursor, now: number): boolean {
  return (
    unfinishedAt === undefined ||
    now - unfinishedAt >= UNFINISHED_EVERY_MS ||
    now < unfinishedAt
  );
}

function rangeOf({ kind, from }: LatePass): TimeRange {
  return kind === 'unfinished'
    ? { field: 'start', from, states: UNFINISHED }
    : { field: 'lastUpdate', from };
}
