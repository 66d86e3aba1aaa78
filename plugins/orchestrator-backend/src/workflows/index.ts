export * from './runAllowed';
export * from './WorkflowAccess';
export * from './WorkflowService';
export * from './workflowView';
