import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';

export interface SteadyRows {
  rows: Instance[];
  /** Newer instances that are not shown yet. */
  newCount: number;
}

/**
 * Brings the shown rows up to date without moving them. New instances are counted, not inserted;
 * rows that only slid off the page stay; rows that match no longer go. Both lists are sorted by
 * creation, newest first.
 *
 * @param isFullPage - whether older rows may have slid off the end of `fresh`
 */
export function steadyRows(
  shown: Instance[],
  fresh: Instance[],
  isFullPage: boolean,
): SteadyRows {
  const freshById = new Map(fresh.map(instance => [instance.id, instance]));
  const oldest = fresh[fresh.length - 1]?.createdAt;
  const slidOff = (instance: Instance) =>
    isFullPage &&
    oldest !== undefined &&
    Date.parse(instance.createdAt) <= Date.parse(oldest);

  const rows = shown.flatMap(instance => {
    const renewed = freshById.get(instance.id);
    if (renewed) return [renewed];
    return slidOff(instance) ? [instance] : [];
  });
  const shownIds = new Set(shown.map(({ id }) => id));
  return {
    rows,
    newCount: fresh.filter(({ id }) => !shownIds.has(id)).length,
  };
}
