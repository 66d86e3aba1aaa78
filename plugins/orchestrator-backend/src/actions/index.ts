export * from './AbortService';
export * from './InstanceEventService';
export * from './PendingAborts';
export * from './RetryService';
