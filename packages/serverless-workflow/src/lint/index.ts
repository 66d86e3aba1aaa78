export { lintWorkflow } from './lintWorkflow';
