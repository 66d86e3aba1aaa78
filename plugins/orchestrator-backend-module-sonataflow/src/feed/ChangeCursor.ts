import { recordOf, parseJson } from '../dataIndex/json';
import { TimePosition } from './TimePager';

/**
 * Why instances are being read.
 *
 * - `recent`: what changed since the last reading, with a short overlap
 * - `late`: again what changed lately, for rows that became visible late
 * - `unfinished`: instances that started some time ago and have not ended; one that failed, or that
 *   worked for long before its first wait, shows up with an old time
 */
export type PassKind = 'recent' | 'late' | 'unfinished';

/** A reading that has more pages. */
export interface Pass {
  kind: PassKind;
  position: TimePosition;
  /** Latest `lastUpdate` seen so far. */
  latest: number;
}

/** How far the changes were read; all times in milliseconds since the epoch. */
export interface ChangeCursor {
  /** Everything with an earlier `lastUpdate` was seen at least once, on the engine's clock. */
  watermark?: number;
  /** When the latest passes of these kinds ended, on the portal's clock. */
  lateAt?: number;
  unfinishedAt?: number;
  pass?: Pass;
}

const PASS_KINDS: readonly string[] = ['recent', 'late', 'unfinished'];

/** Writes a cursor; opaque to callers. */
export function encodeCursor(cursor: ChangeCursor): string {
  return JSON.stringify(cursor);
}

/** Reads a cursor; one that can't be read starts from the beginning, which is always right. */
export function decodeCursor(text: string | undefined): ChangeCursor {
  const record = text === undefined ? undefined : recordOf(parseJson(text));
  if (!record) {
    return {};
  }
  return {
    watermark: timeOf(record.watermark),
    lateAt: timeOf(record.lateAt),
    unfinishedAt: timeOf(record.unfinishedAt),
    pass: passOf(record.pass),
  };
}

function passOf(value: unknown): Pass | undefined {
  const pass = recordOf(value);
  const position = recordOf(pass?.position);
  const at = timeOf(position?.at);
  const skip = timeOf(position?.skip);
  const latest = timeOf(pass?.latest);
  return pass &&
    isPassKind(pass.kind) &&
    at !== undefined &&
    skip !== undefined &&
    latest !== undefined
    ? { kind: pass.kind, position: { at, skip }, latest }
    : undefined;
}

function isPassKind(value: unknown): value is PassKind {
  return typeof value === 'string' && PASS_KINDS.includes(value);
}

/** JavaScript dates end 8.64e15 ms from the epoch. */
function timeOf(value: unknown): number | undefined {
  return typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= 0 &&
    value <= 8.64e15
    ? value
    : undefined;
}
