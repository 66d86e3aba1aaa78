export * from './ancestorsOf';
export * from './failedStepOf';
export * from './livePath';
export * from './stepsOf';
export * from './useStepTitle';
