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
  /** Orders rows of the same value, where many have it. */
  createdAt: number | undefined;
  id: string;
  direction: 'next' | 'previous';
}

/** PostgreSQL can't be asked for a text with NUL. */
const keptText = z
  .string()
  .max(200)
  .refine(text => !text.includes('\u0000'));

const cursorShape = z.strictObject({
  s: z.string(),
  v: z.union([keptText, z.number()]).optional(),
  c: z.number().optional(),
  i: keptText,
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
    createdAt: hasManyAlike(sorting.key) ? record.createdAt : undefined,
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
  const { s, v, c, i, d } = parsed.data;
  if (s !== sortText(sorting)) {
    throw new InputError(
      'The cursor belongs to a list in another order; start again without it.',
    );
  }
  const isOurs =
    hasManyAlike(sorting.key) === (c !== undefined) &&
    (v === undefined
      ? isNullable(sorting.key)
      : typeof v === typeOfKey(sorting.key));
  if (!isOurs) {
    throw new InputError('The cursor is not one that this API gave out.');
  }
  return { sorting, value: v, createdAt: c, id: i, direction: d };
}

/** Orders a query and begins it at the cursor. Rows without a value come last. */
export function orderAndSeek(
  query: Knex.QueryBuilder,
  sorting: InstanceSorting,
  cursor: PageCursor | undefined,
): void {
  const columns = columnsOf(sorting.key);
  const [column] = columns;
  const backwards = cursor?.direction === 'previous';
  const order = sorting.descending === backwards ? 'asc' : 'desc';
  // Raw, since knex orders by the nulls alone on SQLite; all parts are constants. Where there are no
  // nulls nothing is said of them, else a plain index would not serve.
  const nulls = backwards ? ' nulls first' : ' nulls last';
  columns.forEach(each =>
    query.orderByRaw(
      `${each} ${order}${
        each === column && isNullable(sorting.key) ? nulls : ''
      }`,
    ),
  );
  if (!cursor) {
    return;
  }
  const beyond = order === 'asc' ? '>' : '<';
  if (cursor.value === undefined) {
    query.where(rest => {
      rest.where(tied =>
        tied.whereNull(column).where('instance.id', beyond, cursor.id),
      );
      if (backwards) {
        rest.orWhereNotNull(column);
      }
    });
    return;
  }
  const values = [cursor.value, cursor.createdAt, cursor.id].filter(
    value => value !== undefined,
  );
  query.where(rest => {
    // Rows are compared as a whole, with which the database can enter its index.
    rest.whereRaw(
      `(${columns.join(', ')}) ${beyond} (${columns
        .map(() => '?')
        .join(', ')})`,
      values,
    );
    if (!backwards && isNullable(sorting.key)) {
      rest.orWhereNull(column);
    }
  });
}

/** What a list is ordered by, one after the other. */
function columnsOf(key: SortKey): string[] {
  return [
    `instance.${SORT_KEYS[key]}`,
    ...(hasManyAlike(key) ? ['instance.created_at'] : []),
    'instance.id',
  ];
}

function encodeCursor(cursor: PageCursor): string {
  const { sorting, value, createdAt, id, direction } = cursor;
  const json = JSON.stringify({
    s: sortText(sorting),
    v: value,
    c: createdAt,
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
  return hasManyAlike(key) ? 'string' : 'number';
}

/** Whether very many instances have the same value. */
function hasManyAlike(key: SortKey) {
  return key === 'workflowId' || key === 'state';
}

function isNullable(key: SortKey) {
  return key === 'endedAt' || key === 'duration';
}

function isSortKey(key: string): key is SortKey {
  return Object.hasOwn(SORT_KEYS, key);
}
