import { WORKFLOW_ID_PATTERN } from '@open-orchestrator/backstage-plugin-orchestrator-common';

export interface ResultOutput {
  key: string;
  value: unknown;
  /** Address to link to, when the value is one that is safe to follow. */
  href?: string;
}

/** What a workflow says at its end: `result { message, outputs, nextWorkflows }` in its data. */
export interface WorkflowResult {
  message?: string;
  outputs: ResultOutput[];
  nextWorkflows: { id: string; name: string }[];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const safeSchemes = ['http:', 'https:', 'mailto:'];

/** Only whole addresses of harmless schemes become links; `javascript:` and the like stay text. */
function hrefOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    const { protocol, href } = new URL(value.trim());
    return safeSchemes.includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Reads the result convention from workflow data; undefined when the data does not follow it. */
export function readResult(data: unknown): WorkflowResult | undefined {
  const result = isObject(data) ? data.result : undefined;
  if (!isObject(result)) return undefined;
  const outputs = listOf(result.outputs)
    .filter(({ key }) => typeof key === 'string')
    .map(({ key, value, format }) => {
      const mayLink = format === undefined || format === 'link';
      const href = mayLink ? hrefOf(value) : undefined;
      return { key: String(key), value, ...(href && { href }) };
    });
  const nextWorkflows = listOf(result.nextWorkflows).flatMap(({ id, name }) =>
    typeof id === 'string' && WORKFLOW_ID_PATTERN.test(id)
      ? [{ id, name: typeof name === 'string' ? name : id }]
      : [],
  );
  const message =
    typeof result.message === 'string' ? result.message : undefined;
  return message || outputs.length > 0 || nextWorkflows.length > 0
    ? { ...(message && { message }), outputs, nextWorkflows }
    : undefined;
}
