export * from './errorReply';
export * from './errors';
export * from './jsonText';
export * from './OperationRouter';
export * from './principal';
export * from './RateLimiter';
export * from './readBody';
