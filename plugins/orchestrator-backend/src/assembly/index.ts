export * from './createAccess';
export * from './createActions';
export * from './createBackground';
export * from './createServices';
export * from './createStores';
export * from './OrchestratorOptions';
