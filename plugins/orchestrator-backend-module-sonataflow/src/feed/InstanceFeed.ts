import {
  EngineChanges,
  EngineInstanceSummary,
  EngineSummaries,
  EngineWindowPage,
  InstanceState,
  TimeWindow,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { INSTANCE_SUMMARIES } from '../dataIndex/documents';
import { JsonRecord } from '../dataIndex/json';
import { Clock } from '../http/Clock';
import { SummaryMapper } from '../mapping/SummaryMapper';
import { parseTimestamp } from '../mapping/timestamp';
import {
  ChangeCursor,
  decodeCursor,
  encodeCursor,
  PassKind,
} from './ChangeCursor';
import { TimePager, TimeRange } from './TimePager';
import { WindowPositions } from './WindowPositions';

/** Concurrent starts commit out of order; 200 ms were enough with an embedded index. */
const RECENT_OVERLAP_MS = 2_000;
/** A separate index was seen to stall for 12 seconds and to lag by 75. */
const LATE_OVERLAP_MS = 120_000;
const LATE_EVERY_MS = 15_000;
const UNFINISHED_OVERLAP_MS = 3_600_000;
const UNFINISHED_EVERY_MS = 60_000;

const UNFINISHED: InstanceState[] = ['PENDING', 'ACTIVE', 'SUSPENDED', 'ERROR'];
const IDS_PER_REQUEST = 200;

/** Answers the port's questions about many instances at once. */
export class InstanceFeed {
  readonly #dataIndex: DataIndexClient;
  readonly #pager: TimePager;
  readonly #mapper: SummaryMapper;
  readonly #clock: Clock;
  readonly #windows = WindowPositions.create();

  private constructor(options: {
    dataIndex: DataIndexClient;
    mapper: SummaryMapper;
    clock: Clock;
  }) {
    this.#dataIndex = options.dataIndex;
    this.#pager = TimePager.create(options.dataIndex);
    this.#mapper = options.mapper;
    this.#clock = options.clock;
  }

  static create(options: {
    dataIndex: DataIndexClient;
    mapper: SummaryMapper;
    clock: Clock;
  }): InstanceFeed {
    return new InstanceFeed(options);
  }

  /**
   * One page of what changed since the cursor. `lastUpdate` moves only when an instance starts, ends
   * or is retried, and rows become visible after that time, so each reading overlaps the one before:
   * by little always, by much from time to time.
   */
  async changes(
    cursorText: string | undefined,
    limit: number,
    signal?: AbortSignal,
  ): Promise<EngineChanges> {
    const cursor = decodeCursor(cursorText);
    const pass = cursor.pass;
    const kind = pass?.kind ?? this.#nextPass(cursor);
    const { rows, next } = await this.#pager.page(
      rangeOf(kind, cursor.watermark),
      pass?.position,
      Math.max(1, limit),
      signal,
    );
    const latest = latestUpdate(rows, pass?.latest ?? 0);
    const nextCursor: ChangeCursor = next
      ? { ...cursor, pass: { kind, position: next, latest } }
      : this.#endPass(cursor, kind, latest);
    return {
      summaries: await this.#mapper.map(rows, signal),
      nextCursor: encodeCursor(nextCursor),
      // What ended is only seen by the pass that follows.
      more: next !== undefined || kind === 'unfinished',
    };
  }

  /** The present state of given instances. */
  async summaries(
    engineInstanceIds: string[],
    signal?: AbortSignal,
  ): Promise<EngineSummaries> {
    const wanted = [...new Set(engineInstanceIds)];
    const summaries: EngineInstanceSummary[] = [];
    for (let i = 0; i < wanted.length; i += IDS_PER_REQUEST) {
      const ids = wanted.slice(i, i + IDS_PER_REQUEST);
      const rows = await this.#dataIndex.rows(
        INSTANCE_SUMMARIES,
        {
          where: { id: { in: ids } },
          pagination: { limit: ids.length, offset: 0 },
        },
        signal,
      );
      summaries.push(...(await this.#mapper.map(rows, signal)));
    }
    const found = new Set(summaries.map(summary => summary.engineInstanceId));
    return { summaries, unknownIds: wanted.filter(id => !found.has(id)) };
  }

  /** Instances by start time. Pages are cheapest in order. */
  async window(
    window: TimeWindow,
    page: { offset: number; limit: number },
    signal?: AbortSignal,
  ): Promise<EngineWindowPage> {
    const range: TimeRange = {
      field: 'start',
      from: parseTimestamp(window.from),
      to: parseTimestamp(window.to),
      states: window.states,
    };
    const limit = Math.max(1, page.limit);
    const rows: JsonRecord[] = [];
    let place = this.#windows.nearest(range, page.offset);
    let hasMore = true;
    while (hasMore && rows.length < limit) {
      const skipped = Math.max(0, page.offset - place.offset);
      const read = await this.#pager.page(
        range,
        place.position,
        skipped > 0 ? Math.max(skipped, limit) : limit - rows.length,
        signal,
      );
      rows.push(...read.rows.slice(skipped));
      hasMore = read.next !== undefined;
      place = { offset: place.offset + read.rows.length, position: read.next };
      this.#windows.remember(range, place);
    }
    const taken = rows.slice(0, limit);
    return {
      summaries: await this.#mapper.map(taken, signal),
      more: hasMore || rows.length > limit,
    };
  }

  /** How many instances started in a window; undefined when the Data Index can't tell. */
  async count(
    { from, to, states }: TimeWindow,
    signal?: AbortSignal,
  ): Promise<number | undefined> {
    return this.#dataIndex.count(
      {
        start: { greaterThanEqual: from, lessThan: to },
        ...(states ? { state: { in: states } } : {}),
      },
      signal,
    );
  }

  #nextPass(cursor: ChangeCursor): PassKind {
    const now = this.#clock.now();
    if (cursor.watermark === undefined) return 'recent';
    if (isDue(cursor.unfinishedAt, now, UNFINISHED_EVERY_MS))
      return 'unfinished';
    return isDue(cursor.lateAt, now, LATE_EVERY_MS) ? 'late' : 'recent';
  }

  /**
   * An unfinished pass leaves the watermark alone, since it did not see what ended. A time ahead of
   * the portal's clock must not move it there, or everything until then would be passed over.
   */
  #endPass(cursor: ChangeCursor, kind: PassKind, latest: number): ChangeCursor {
    const now = this.#clock.now();
    if (kind === 'unfinished') {
      return { ...cursor, pass: undefined, unfinishedAt: now };
    }
    const isFirst = cursor.watermark === undefined;
    const seen = Math.min(latest, now);
    return {
      watermark:
        latest > 0 ? Math.max(seen, cursor.watermark ?? 0) : cursor.watermark,
      lateAt: kind === 'late' || isFirst ? now : cursor.lateAt,
      unfinishedAt: isFirst ? now : cursor.unfinishedAt,
    };
  }
}

/** A clock that was set back makes everything due. */
function isDue(at: number | undefined, now: number, everyMs: number): boolean {
  return at === undefined || now - at >= everyMs || now < at;
}

function rangeOf(kind: PassKind, watermark: number | undefined): TimeRange {
  if (watermark === undefined) {
    return { field: 'lastUpdate' };
  }
  switch (kind) {
    case 'unfinished':
      return {
        field: 'start',
        from: before(watermark, UNFINISHED_OVERLAP_MS),
        states: UNFINISHED,
      };
    case 'late':
      return { field: 'lastUpdate', from: before(watermark, LATE_OVERLAP_MS) };
    default:
      return {
        field: 'lastUpdate',
        from: before(watermark, RECENT_OVERLAP_MS),
      };
  }
}

function before(milliseconds: number, spanMs: number): number {
  return Math.max(0, milliseconds - spanMs);
}

function latestUpdate(rows: JsonRecord[], latest: number): number {
  return rows.reduce(
    (max, row) => Math.max(max, parseTimestamp(row.lastUpdate) ?? 0),
    latest,
  );
}
