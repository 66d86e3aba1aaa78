import {
  StateCounts,
  WorkflowStatistics,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

export interface DayCounts {
  /** UTC day, e.g. `2026-01-31`. */
  day: string;
  counts: StateCounts;
  total: number;
}

const dayMs = 86_400_000;

/** The last days up to today, each with its counts: days without instances are told as empty. */
export function lastDays(
  perDay: WorkflowStatistics['perDay'],
  now: number,
  dayCount: number,
): DayCounts[] {
  const byDay = new Map(perDay.map(({ day, counts }) => [day, counts]));
  return Array.from({ length: dayCount }, (_, index) => {
    const day = new Date(now - (dayCount - 1 - index) * dayMs)
      .toISOString()
      .slice(0, 10);
    const counts = byDay.get(day) ?? {};
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { day, counts, total };
  });
}
