export * from './WebhookService';
