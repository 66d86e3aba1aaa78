import { createHash } from 'node:crypto';

/** A short name for a run request: equal for equal requests, whatever the order of members. */
export function requestHash(workflowId: string, request: object): string {
  return createHash('sha256')
    .update(JSON.stringify([workflowId, canonical(request)]))
    .digest('base64url');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, canonical(member)]);
  }
  return value;
}
