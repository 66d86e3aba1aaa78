import type { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';

/** Whether two summaries say the same. All their fields are texts, so none is looked into. */
export function saySame(
  a: EngineInstanceSummary,
  b: EngineInstanceSummary,
): boolean {
  return isCovered(a, b) && isCovered(b, a);
}

function isCovered(
  a: EngineInstanceSummary,
  b: EngineInstanceSummary,
): boolean {
  const fields = Object.keys(a) as (keyof EngineInstanceSummary)[];
  return fields.every(field => a[field] === b[field]);
}
