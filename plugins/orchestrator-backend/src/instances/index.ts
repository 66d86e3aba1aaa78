export * from './allowedActions';
export * from './InstanceAccess';
export * from './instanceFilters';
export * from './InstanceService';
export * from './instanceView';
