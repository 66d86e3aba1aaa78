export * from './livePath';
export * from './stepsOf';
