import {
  EngineChanges,
  EngineInstanceSummary,
  EngineSummaries,
  EngineWindowPage,
  TimeWindow,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { INSTANCE_SUMMARIES } from '../dataIndex/documents';
import { JsonRecord } from '../dataIndex/json';
import { Clock } from '../http/Clock';
import { SummaryMapper } from '../mapping/SummaryMapper';
import { parseTimestamp } from '../mapping/timestamp';
import { ChangeCursor, decodeCursor, encodeCursor } from './ChangeCursor';
import { LateChanges } from './LateChanges';
import { latestUpdate } from './latestUpdate';
import { TimePage, TimePager, TimeRange } from './TimePager';
import { WindowPositions } from './WindowPositions';

/** How far behind newer rows others become visible: 200 ms were enough with an embedded index. */
const OVERLAP_MS = 2_000;

const IDS_PER_REQUEST = 200;

/** Of the newest rows: one of them may be unreadable. */
const NEWEST_ROWS = 10;

/** Answers the port's questions about many instances at once. */
export class InstanceFeed {
  readonly #dataIndex: DataIndexClient;
  readonly #pager: TimePager;
  readonly #mapper: SummaryMapper;
  readonly #clock: Clock;
  readonly #late: LateChanges;
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
    this.#late = LateChanges.create({ ...options, pager: this.#pager });
  }

  static create(options: {
    dataIndex: DataIndexClient;
    mapper: SummaryMapper;
    clock: Clock;
  }): InstanceFeed {
    return new InstanceFeed(options);
  }

  /**
   * One page of what changed since the cursor. Concurrent starts commit out of order, so each reading
   * overlaps the one before by a little, however long that took.
   */
  async changes(
    cursorText: string | undefined,
    limit: number,
    signal?: AbortSignal,
  ): Promise<EngineChanges> {
    const cursor = decodeCursor(cursorText);
    const { rows, next, latest } = await this.#changedPage(
      cursor,
      Math.max(1, limit),
      signal,
    );
    const nextCursor = next
      ? { ...cursor, pass: { position: next, latest } }
      : this.#endPass(cursor, latest);
    return {
      summaries: await this.#mapper.map(rows, signal),
      nextCursor: encodeCursor(nextCursor),
      more: next !== undefined,
    };
  }

  /**
   * A page, with the latest time that was there when its reading began. Of a reading of many pages
   * that is asked for before: what becomes visible behind them while they are read is no older than
   * that less the overlap, whatever newer times the later pages show.
   */
  async #changedPage(
    cursor: ChangeCursor,
    limit: number,
    signal?: AbortSignal,
  ): Promise<TimePage & { latest: number }> {
    const read = () =>
      this.#pager.page(rangeOf(cursor), cursor.pass?.position, limit, signal);
    const page = await read();
    if (cursor.pass) {
      return { ...page, latest: cursor.pass.latest };
    }
    if (!page.next) {
      return { ...page, latest: latestUpdate(page.rows) };
    }
    const { rows: newest } = await this.#dataIndex.readableRows(
      INSTANCE_SUMMARIES,
      {
        orderBy: { lastUpdate: 'DESC' },
        pagination: { limit: NEWEST_ROWS, offset: 0 },
      },
      signal,
    );
    const latest = Math.min(latestUpdate(newest), this.#clock.now());
    return { ...(await read()), latest };
  }

  /** One page of what changed some time ago, once more: rows may become visible late. */
  async lateChanges(
    cursor: string | undefined,
    limit: number,
    signal?: AbortSignal,
  ): Promise<EngineChanges> {
    return this.#late.read(cursor, limit, signal);
  }

  /**
   * The present state of given instances. Those that the Data Index can't give, or not wholly, are
   * neither told nor called unknown.
   */
  async summaries(
    engineInstanceIds: string[],
    signal?: AbortSignal,
  ): Promise<EngineSummaries> {
    const wanted = [...new Set(engineInstanceIds)];
    const summaries: EngineInstanceSummary[] = [];
    const unknownIds: string[] = [];
    for (let i = 0; i < wanted.length; i += IDS_PER_REQUEST) {
      const ids = wanted.slice(i, i + IDS_PER_REQUEST);
      const { rows, unreadable } = await this.#dataIndex.readableRows(
        INSTANCE_SUMMARIES,
        {
          where: { id: { in: ids } },
          pagination: { limit: ids.length, offset: 0 },
        },
        signal,
      );
      summaries.push(...(await this.#mapper.map(rows, signal)));
      if (unreadable === 0) {
        const found = new Set(rows.map(row => row.id));
        unknownIds.push(...ids.filter(id => !found.has(id)));
      }
    }
    return { summaries, unknownIds };
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

  /**
   * A time ahead of the portal's clock must not move the watermark there, or everything until then
   * would be passed over.
   */
  #endPass({ watermark }: ChangeCursor, latest: number): ChangeCursor {
    const seen = Math.min(latest, this.#clock.now());
    return latest > 0
      ? { watermark: Math.max(seen, watermark ?? 0) }
      : { watermark };
  }
}

function rangeOf({ watermark }: ChangeCursor): TimeRange {
  return watermark === undefined
    ? { field: 'lastUpdate' }
    : { field: 'lastUpdate', from: Math.max(0, watermark - OVERLAP_MS) };
}
