import { RuntimeLimits } from './WorkflowRuntime';

/** Ceilings that hold when the options name no others. @public */
export const DEFAULT_LIMITS: RuntimeLimits = {
  instances: 10_000,
  steps: 100_000,
  dataBytes: 2_000_000,
  subflowDepth: 32,
  branches: 1_000,
  expressionMs: 1_000,
  turnMs: 10,
};
