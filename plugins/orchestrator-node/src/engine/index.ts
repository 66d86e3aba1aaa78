export * from './CloudEvent';
export * from './errors';
export * from './extensionPoint';
export * from './model';
export * from './WorkflowEngine';
