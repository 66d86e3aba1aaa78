export * from './Action';
export * from './EventDefinition';
export * from './FunctionDefinition';
export * from './Json';
export * from './State';
export * from './Transition';
export * from './Workflow';
export * from './traversal';
