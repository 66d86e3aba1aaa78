import { OperationRouter, reply } from '../http';
import { WorkflowService } from './WorkflowService';

/** Reading workflows. */
export function serveWorkflows(
  router: OperationRouter,
  { workflows }: { workflows: WorkflowService },
): void {
  router
    .serve(
      'listWorkflows',
      { eventId: 'workflow-list', severityLevel: 'low' },
      async ({ query, credentials }) =>
        reply(200, await workflows.list(query, credentials)),
    )
    .serve(
      'getWorkflow',
      { eventId: 'workflow-get', severityLevel: 'low' },
      async ({ path, credentials }) =>
        reply(200, await workflows.get(path.workflowId, credentials)),
    )
    .serve(
      'getWorkflowDefinition',
      { eventId: 'workflow-definition-get', severityLevel: 'low' },
      async ({ path, query, credentials }) =>
        reply(
          200,
          await workflows.definition(path.workflowId, query, credentials),
        ),
    )
    .serve(
      'getWorkflowInputSchema',
      { eventId: 'workflow-input-schema-get', severityLevel: 'low' },
      async ({ path, query, credentials, note }) => {
        if (query.prefillFrom !== undefined) {
          note({ prefillFrom: query.prefillFrom });
        }
        return reply(
          200,
          await workflows.inputSchema(path.workflowId, query, credentials),
        );
      },
    );
}
