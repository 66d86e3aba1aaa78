/**
 * The tests that every engine has to pass; see {@link describeWorkflowEngine}.
 *
 * @packageDocumentation
 */
export { ContractService } from './ContractService';
export {
  APPROVAL_EVENT_TYPE,
  contractFiles,
  contractWorkflowIds,
  ORDER_EVENT_TYPE,
} from './contractWorkflows';
export { describeWorkflowEngine } from './describeWorkflowEngine';
export type { EngineContractOptions, EngineUnderTest } from './EngineContract';
export { eventually } from './eventually';
