export * from './orchestratorConfig';
