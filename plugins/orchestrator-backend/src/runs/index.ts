export * from './Dispatcher';
export * from './RunLimiter';
export * from './RunService';
export * from './RunSweeper';
