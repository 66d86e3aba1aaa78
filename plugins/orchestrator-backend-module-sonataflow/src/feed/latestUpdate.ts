import { JsonRecord } from '../dataIndex/json';
import { parseTimestamp } from '../mapping/timestamp';

/** The latest `lastUpdate` of rows in milliseconds since the epoch; 0 without any. */
export function latestUpdate(rows: JsonRecord[]): number {
  return rows.reduce(
    (latest, row) => Math.max(latest, parseTimestamp(row.lastUpdate) ?? 0),
    0,
  );
}
