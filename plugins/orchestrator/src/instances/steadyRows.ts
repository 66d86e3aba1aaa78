import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';

export interface SteadyRows {
  rows: Instance[];
  /** Newer instances that are not shown yet. */
  newCount: number;
  /** False when rows slid off the page: they are as they were before. */
  isCovered: boolean;
}

/**
 * Brings the shown rows up to date without moving them. New instances are counted, not inserted;
 * rows that only slid off the page stay; rows that match no longer go, and older ones follow at the
 * end. Both lists are sorted by creation, newest first.
 *
 * @param isFullPage - whether older rows may have slid off the end of `fresh`
 */
export function steadyRows(
  shown: Instance[],
  fresh: Instance[],
  isFullPage: boolean,
): SteadyRows {
  const freshById = new Map(fresh.map(instance => [instance.id, instance]));
  const oldestFresh = fresh.at(-1);
  const slidOff = (instance: Instance) =>
    isFullPage &&
    oldestFresh !== undefined &&
    timeOf(instance) <= timeOf(oldestFresh);

  const kept = shown.filter(
    instance => freshById.has(instance.id) || slidOff(instance),
  );
  const shownIds = new Set(shown.map(({ id }) => id));
  const oldestShown = shown.at(-1);
  const others = fresh.filter(({ id }) => !shownIds.has(id));
  const older = others.filter(
    instance =>
      oldestShown !== undefined && timeOf(instance) < timeOf(oldestShown),
  );
  return {
    rows: [
      ...kept.map(instance => freshById.get(instance.id) ?? instance),
      ...older,
    ],
    newCount: others.length - older.length,
    isCovered: kept.every(({ id }) => freshById.has(id)),
  };
}

function timeOf({ createdAt }: Instance): number {
  return Date.parse(createdAt);
}
