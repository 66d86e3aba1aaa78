export * from './AbortService';
export * from './BulkService';
export * from './Continuation';
export * from './InstanceEventService';
export * from './PendingAborts';
export * from './RetryService';
export * from './SteeringService';
