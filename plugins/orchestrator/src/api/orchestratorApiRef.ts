import { createApiRef } from '@backstage/core-plugin-api';
import { OrchestratorClient } from '@open-orchestrator/backstage-plugin-orchestrator-common';

/**
 * The orchestrator's API as its pages use it. A portal may put another client behind it.
 *
 * @public
 */
export type OrchestratorApi = Pick<
  OrchestratorClient,
  | 'listWorkflows'
  | 'getWorkflow'
  | 'getWorkflowDefinition'
  | 'getWorkflowInputSchema'
  | 'runWorkflow'
  | 'listInstances'
  | 'countInstances'
  | 'getInstance'
  | 'listInstanceNodes'
  | 'getInstanceData'
  | 'abortInstance'
  | 'retryInstance'
  | 'sendInstanceEvent'
  | 'getDeployment'
  | 'getMode'
  | 'getStatus'
  | 'listUndeliveredEvents'
  | 'redeliverEvent'
  | 'skipInstanceNode'
  | 'retriggerInstanceNode'
  | 'rescheduleInstanceTimer'
  | 'updateInstanceData'
  | 'abortInstances'
  | 'retryInstances'
>;

/** @public */
export const orchestratorApiRef = createApiRef<OrchestratorApi>({
  id: 'plugin.orchestrator.api',
});
