export * from './orchestratorConfig';
export * from './webhookConfig';
