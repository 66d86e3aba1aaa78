export * from './FakeApi';
export * from './fixtures';
export * from './renderOrchestrator';
