import { recordOf } from '../dataIndex/json';
import { TimePosition } from './TimePager';

/** Whether a value is a time in milliseconds: JavaScript dates end 8.64e15 ms from the epoch. */
export function isTime(value: unknown): value is number {
  return (
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= 0 &&
    value <= 8.64e15
  );
}

/** A position as a cursor holds it; undefined for anything else. */
export function positionOf(value: unknown): TimePosition | undefined {
  const { at, skip } = recordOf(value) ?? {};
  return isTime(at) && isTime(skip) ? { at, skip } : undefined;
}
