export { checkTogether } from './checkTogether';
export type { NamedWorkflow } from './checkTogether';
export { checkWorkflow } from './checkWorkflow';
export type { CheckedWorkflow, CheckOptions } from './checkWorkflow';
