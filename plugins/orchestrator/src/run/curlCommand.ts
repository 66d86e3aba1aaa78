import { RunRequest } from '@open-orchestrator/backstage-plugin-orchestrator-common';

function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/**
 * The run as a command line. The token is left to an environment variable: a copied command is
 * pasted into chats and tickets.
 *
 * @param baseUrl - address of the orchestrator's API
 */
export function curlCommand(
  baseUrl: string,
  workflowId: string,
  request: RunRequest,
): string {
  const url = `${baseUrl}/workflows/${encodeURIComponent(
    workflowId,
  )}/instances`;
  return [
    `curl -X POST ${quoted(url)}`,
    `-H "Authorization: Bearer $BACKSTAGE_TOKEN"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(JSON.stringify(request))}`,
  ].join(' \\\n  ');
}
