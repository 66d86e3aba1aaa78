export * from './ancestorsOf';
export * from './livePath';
export * from './stepsOf';
