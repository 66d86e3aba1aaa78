/**
 * Runs Serverless Workflow 0.8 definitions in this process, as SonataFlow 10 runs them.
 *
 * @packageDocumentation
 */
export { bundleSchema } from './bundleSchema';
export type { ReadSchema } from './bundleSchema';
export type { Clock } from './Clock';
export { createWorkflowRuntime } from './createWorkflowRuntime';
export type { HttpClient, HttpRequest, HttpResponse } from './HttpClient';
export { DEFAULT_LIMITS } from './limits';
export { systemClock } from './systemClock';
export { TimeLimitError, withTimeLimit } from './withTimeLimit';
export * from './WorkflowRuntime';
export { WorkflowValidationError } from './WorkflowValidationError';
