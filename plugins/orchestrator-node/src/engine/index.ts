export * from './CloudEvent';
export * from './compareVersions';
export * from './errorMeaning';
export * from './errors';
export * from './extensionPoint';
export * from './model';
export * from './WorkflowEngine';
