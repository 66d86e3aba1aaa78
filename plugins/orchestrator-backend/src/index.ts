/**
 * Backend of the orchestrator: HTTP API, authorization, instance store.
 *
 * @packageDocumentation
 */

export { orchestratorPlugin as default } from './plugin';
export * from './authorization/rules';
export {
  instanceResourceRef,
  workflowResourceRef,
} from './authorization/resources';
export type {
  InstanceFilter,
  InstanceResource,
  WorkflowFilter,
  WorkflowResource,
} from './authorization/resources';
