import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { z } from 'zod';
import { InstanceRecord } from './InstanceRecord';

/** Keys that the API sorts by, each with its column and field. */
const SORT_KEYS = {
  createdAt: 'created_at',
  endedAt: 'ended_at',
  duration: 'duration_ms',
  workflowId: 'workflow_id',
  state: 'state',
} as const;

type SortKey = keyof typeof SORT_KEYS;

export interface InstanceSorting {
  key: SortKey;
  descending: boolean;
}

/** Where a page begins: after (or before) the row with this sort value and id. */
export interface PageCursor {
  sorting: InstanceSorting;
  value: string | number | undefined;
  id: string;
  direction: 'next' | 'previous';
}

const cursorShape = z.strictObject({
  s: z.string(),
  v: z.union([z.string(), z.number()]).optional(),
  i: z.string().max(200),
  d: z.enum(['next', 'previous']),
});

/** Reads `createdAt` or `-createdAt`. */
export function parseSorting(sort: string): InstanceSorting {
  const descending = sort.startsWith('-');
  const key = descending ? sort.slice(1) : sort;
  if (!isSortKey(key)) {
    throw new InputError(`Instances can't be sorted by "${key}".`);
  }
  return { key, descending };
}

export function cursorAt(
  record: InstanceRecord,
  sorting: InstanceSorting,
  direction: PageCursor['direction'],
): string {
  return encodeCursor({
    sorting,
    value: sortValue(record, sorting.key),
    id: record.id,
    direction,
  });
}

/**
 * Reads a cursor that {@link cursorAt} wrote.
 *
 * @throws InputError when it is none, or of a list in another order
 */
export function parseCursor(
  text: string,
  sorting: InstanceSorting,
): PageCursor {
  const parsed = cursorShape.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new InputError('The cursor is not one that this API gave out.');
  }
  const { s, v, i, d } = parsed.data;
  if (s !== sortText(sorting)) {
    throw new InputError(
      'The cursor belongs to a list in another order; start again without it.',
    );
  }
  if (v !== undefined && typeof v !== typeOfKey(sorting.key)) {
    throw new InputError('The cursor is not one that this API gave out.');
  }
  return { sorting, value: v, id: i, direction: d };
}

/** Orders a query and begins it at the cursor. Rows without a value come last. */
export function orderAndSeek(
  query: Knex.QueryBuilder,
  sorting: InstanceSorting,
  cursor: PageCursor | undefined,
): void {
  const column = `instance.${SORT_KEYS[sorting.key]}`;
  const backwards = cursor?.direction === 'previous';
  const order = sorting.descending === backwards ? 'asc' : 'desc';
  // Raw, since knex orders by the nulls alone on SQLite; all parts are constants. Where there are no
  // nulls nothing is said of them, else a plain index would not serve.
  const nulls = backwards ? ' nulls first' : ' nulls last';
  query
    .orderByRaw(`${column} ${order}${isNullable(sorting.key) ? nulls : ''}`)
    .orderBy('instance.id', order);
  if (!cursor) {
    return;
  }
  const beyond = order === 'asc' ? '>' : '<';
  const { value, id } = cursor;
  if (value === undefined) {
    query.where(rest => {
      rest.where(tied =>
        tied.whereNull(column).where('instance.id', beyond, id),
      );
      if (backwards) {
        rest.orWhereNotNull(column);
      }
    });
    return;
  }
  query.where(rest => {
    rest.where(seek =>
      // Redundant, but lets the database enter its index here.
      seek
        .where(column, `${beyond}=`, value)
        .where(after =>
          after
            .where(column, beyond, value)
            .orWhere(tied =>
              tied.where(column, value).where('instance.id', beyond, id),
            ),
        ),
    );
    if (!backwards && isNullable(sorting.key)) {
      rest.orWhereNull(column);
    }
  });
}

function encodeCursor({ sorting, value, id, direction }: PageCursor): string {
  const json = JSON.stringify({
    s: sortText(sorting),
    v: value,
    i: id,
    d: direction,
  });
  return Buffer.from(json).toString('base64url');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function sortText({ key, descending }: InstanceSorting) {
  return descending ? `-${key}` : key;
}

function sortValue(record: InstanceRecord, key: SortKey) {
  return key === 'duration' ? record.durationMs : record[key];
}

function typeOfKey(key: SortKey) {
  return key === 'workflowId' || key === 'state' ? 'string' : 'number';
}

function isNullable(key: SortKey) {
  return key === 'endedAt' || key === 'duration';
}

function isSortKey(key: string): key is SortKey {
  return Object.hasOwn(SORT_KEYS, key);
}
