export * from './Dispatcher';
export * from './RunService';
export * from './RunSweeper';
export * from './WaitingRuns';
