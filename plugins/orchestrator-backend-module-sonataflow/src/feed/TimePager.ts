import { InstanceState } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { DataIndexClient, ReadableRows } from '../dataIndex/DataIndexClient';
import { INSTANCE_SUMMARIES } from '../dataIndex/documents';
import { JsonRecord, textOf } from '../dataIndex/json';
import { parseTimestamp } from '../mapping/timestamp';

/** More instances than that in one millisecond are read in several requests. */
const TIE_PAGE = 5_000;

/** The columns by which instances can be read in order of time. */
export type TimeField = 'start' | 'lastUpdate';

/** Instances to read, by one of their times. */
export interface TimeRange {
  field: TimeField;
  /** Milliseconds since the epoch; left out, from the beginning. */
  from?: number;
  /** Exclusive; left out, to the end. */
  to?: number;
  states?: InstanceState[];
}

/** Where reading goes on: at a millisecond, after so many of its rows. */
export interface TimePosition {
  at: number;
  skip: number;
}

/** A page of rows in order of time. */
export interface TimePage {
  rows: JsonRecord[];
  /** Absent after the last page. */
  next?: TimePosition;
}

/**
 * Reads instances in pages, each exactly once as long as nothing changes meanwhile.
 *
 * The Data Index can't order by id, so rows of the same millisecond come in any order, and another
 * one for each request. A page therefore ends between two milliseconds. When one millisecond holds
 * more than a page, all its rows are read and ordered here.
 */
export class TimePager {
  readonly #dataIndex: DataIndexClient;

  private constructor(dataIndex: DataIndexClient) {
    this.#dataIndex = dataIndex;
  }

  static create(dataIndex: DataIndexClient): TimePager {
    return new TimePager(dataIndex);
  }

  /** The page at a position; the first one without. `limit` is at least 1. */
  async page(
    range: TimeRange,
    position: TimePosition | undefined,
    limit: number,
    signal?: AbortSignal,
  ): Promise<TimePage> {
    if (position && position.skip > 0) {
      return this.#tiePage(range, position, limit, signal);
    }
    const { rows, isLast } = await this.#readPage(
      { ...range, from: position?.at ?? range.from },
      limit,
      signal,
    );
    if (isLast) {
      return { rows };
    }
    // The last millisecond may go on behind the page.
    const cut = timeOf(rows[rows.length - 1], range.field);
    const complete = rows.filter(row => timeOf(row, range.field) < cut);
    return complete.length > 0
      ? { rows: complete, next: { at: cut, skip: 0 } }
      : this.#tiePage(range, { at: cut, skip: 0 }, limit, signal);
  }

  /**
   * Rows that can't be read fill a page too: it is the last one only when the Data Index counted fewer
   * than it was asked for. A page of nothing else has no time to go on from. It is read again, twice as
   * long, and not on from its end: rows of one millisecond come in another order each time.
   */
  async #readPage(
    range: TimeRange,
    limit: number,
    signal?: AbortSignal,
  ): Promise<{ rows: JsonRecord[]; isLast: boolean }> {
    for (let asked = limit + 1; ; asked *= 2) {
      const { rows, unreadable } = await this.#read(
        range,
        { limit: asked, offset: 0 },
        signal,
      );
      const isAll = rows.length + unreadable < asked;
      if (isAll || rows.length > 0) {
        return {
          rows: rows.slice(0, limit + 1),
          isLast: isAll && rows.length <= limit,
        };
      }
    }
  }

  async #tiePage(
    range: TimeRange,
    { at, skip }: TimePosition,
    limit: number,
    signal?: AbortSignal,
  ): Promise<TimePage> {
    const tie = await this.#readTie(range, at, signal);
    const rows = tie.slice(skip, skip + limit);
    const isLast = skip + limit >= tie.length;
    return {
      rows,
      next: isLast ? { at: at + 1, skip: 0 } : { at, skip: skip + rows.length },
    };
  }

  async #readTie(
    range: TimeRange,
    at: number,
    signal?: AbortSignal,
  ): Promise<JsonRecord[]> {
    const tie = new Map<string, JsonRecord>();
    for (let offset = 0; ; offset += TIE_PAGE) {
      const { rows, unreadable } = await this.#read(
        { ...range, from: at, to: at + 1 },
        { limit: TIE_PAGE, offset },
        signal,
      );
      rows.forEach(row => tie.set(textOf(row.id) ?? '', row));
      if (rows.length + unreadable < TIE_PAGE) {
        break;
      }
    }
    return [...tie]
      .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
      .map(([, row]) => row);
  }

  #read(
    range: TimeRange,
    pagination: { limit: number; offset: number },
    signal?: AbortSignal,
  ): Promise<ReadableRows> {
    const { field, from, to, states } = range;
    const time = {
      ...(from === undefined ? {} : { greaterThanEqual: iso(from) }),
      ...(to === undefined ? {} : { lessThan: iso(to) }),
    };
    const where = {
      ...(Object.keys(time).length > 0 ? { [field]: time } : {}),
      ...(states ? { state: { in: states } } : {}),
    };
    return this.#dataIndex.readableRows(
      INSTANCE_SUMMARIES,
      { where, orderBy: { [field]: 'ASC' }, pagination },
      signal,
    );
  }
}

function timeOf(row: JsonRecord, field: TimeField): number {
  return parseTimestamp(row[field]) ?? 0;
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
