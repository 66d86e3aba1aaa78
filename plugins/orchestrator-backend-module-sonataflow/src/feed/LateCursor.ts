import { parseJson, recordOf } from '../dataIndex/json';
import { isTime, positionOf } from './readCursor';
import { TimePosition } from './TimePager';

/**
 * What is read once more.
 *
 * - `late`: what changed lately, for rows that became visible late
 * - `unfinished`: instances that started some time ago and have not ended; one that failed, or that
 *   worked for long before its first wait, shows up with an old time
 */
export type LateKind = 'late' | 'unfinished';

/** A reading that is under way. */
export interface LatePass {
  kind: LateKind;
  /** Where it began, on the engine's clock. */
  from: number;
  /** The latest time that was known when it began: the next reading of the kind starts from there. */
  reach: number;
  /** Where its next page is; none before the first one. */
  position?: TimePosition;
}

/** How far was looked back; all times in milliseconds since the epoch. */
export interface LateCursor {
  /** The latest `lastUpdate` known, on the engine's clock. */
  latest: number;
  /** {@link LatePass.reach} of the last reading of each kind. */
  reached: Partial<Record<LateKind, number>>;
  /** When the unfinished ones were last read, on the portal's clock. */
  unfinishedAt?: number;
  pass?: LatePass;
}

/** Writes a cursor; opaque to callers. */
export function encodeLateCursor(cursor: LateCursor): string {
  return JSON.stringify(cursor);
}

/** Reads a cursor; undefined for one that can't be read. */
export function decodeLateCursor(
  text: string | undefined,
): LateCursor | undefined {
  const record = text === undefined ? undefined : recordOf(parseJson(text));
  const { latest, unfinishedAt } = record ?? {};
  const { late, unfinished } = recordOf(record?.reached) ?? {};
  return isTime(latest)
    ? {
        latest,
        reached: {
          ...(isTime(late) && { late }),
          ...(isTime(unfinished) && { unfinished }),
        },
        ...(isTime(unfinishedAt) && { unfinishedAt }),
        pass: passOf(record?.pass),
      }
    : undefined;
}

function passOf(value: unknown): LatePass | undefined {
  const pass = recordOf(value);
  const { kind, from, reach } = pass ?? {};
  return (kind === 'late' || kind === 'unfinished') &&
    isTime(from) &&
    isTime(reach)
    ? { kind, from, reach, position: positionOf(pass?.position) }
    : undefined;
}
