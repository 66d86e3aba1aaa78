export type { ValidateOptions } from './ValidateOptions';
export { isDuration } from './validateDurations';
export { validateWorkflow } from './validateWorkflow';
