export * from './OrchestratorClient';
export * from './OrchestratorError';
