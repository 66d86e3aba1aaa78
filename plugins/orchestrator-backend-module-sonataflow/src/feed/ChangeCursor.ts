import { parseJson, recordOf } from '../dataIndex/json';
import { isTime, positionOf } from './readCursor';
import { TimePosition } from './TimePager';

/** How far the changes were read; all times in milliseconds since the epoch. */
export interface ChangeCursor {
  /** Everything with an earlier `lastUpdate` was seen at least once, on the engine's clock. */
  watermark?: number;
  /** A reading that has more pages, with the latest `lastUpdate` that was there when it began. */
  pass?: { position: TimePosition; latest: number };
}

/** Writes a cursor; opaque to callers. */
export function encodeCursor(cursor: ChangeCursor): string {
  return JSON.stringify(cursor);
}

/** Reads a cursor; one that can't be read starts from the beginning, which is always right. */
export function decodeCursor(text: string | undefined): ChangeCursor {
  const record = text === undefined ? undefined : recordOf(parseJson(text));
  const { watermark } = record ?? {};
  return {
    ...(isTime(watermark) && { watermark }),
    pass: passOf(record?.pass),
  };
}

function passOf(value: unknown): ChangeCursor['pass'] {
  const pass = recordOf(value);
  const position = positionOf(pass?.position);
  const latest = pass?.latest;
  return position && isTime(latest) ? { position, latest } : undefined;
}
