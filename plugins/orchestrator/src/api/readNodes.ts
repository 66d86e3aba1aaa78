import {
  InstanceNode,
  InstanceNodeList,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** The most that the API gives at once. */
export const pageSize = 1000;

/** A browser keeps no more; the page says how many there are. */
export const mostNodes = 20_000;

interface NodeReading {
  /** What was read the last time. */
  before: InstanceNodeList | undefined;
  readPage: (page: {
    limit: number;
    offset?: number;
  }) => Promise<InstanceNodeList>;
  /** Called with more and more of a list that is read for the first time. */
  onProgress: (list: InstanceNodeList) => void;
}

const settled = ['completed', 'skipped', 'aborted'];

/** True when nothing of a page can change any more: nodes come in the order of their entry. */
function isSettled(page: InstanceNode[]): boolean {
  return (
    page.length === pageSize &&
    page.every(({ status }) => settled.includes(status))
  );
}

/** Reads all nodes, page by page; of an earlier reading, what can't have changed is kept. */
export async function readNodes(
  reading: NodeReading,
): Promise<InstanceNodeList> {
  const { before, readPage, onProgress } = reading;
  const items: InstanceNode[] = [];
  const isFirst = before === undefined;
  let [total, dataVisible] = [before?.total ?? 0, before?.dataVisible ?? false];
  while (items.length < mostNodes) {
    const offset = items.length;
    const known = before?.items.slice(offset, offset + pageSize) ?? [];
    if (isSettled(known)) {
      items.push(...known);
      continue;
    }
    const page = await readPage({
      limit: pageSize,
      ...(offset > 0 && { offset }),
    });
    items.push(...page.items);
    ({ total, dataVisible } = page);
    if (page.items.length < pageSize || items.length >= total) break;
    if (isFirst) onProgress({ items: [...items], total, dataVisible });
  }
  return { items, total, dataVisible };
}
