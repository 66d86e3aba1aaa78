export * from './ids';
export * from './instanceStates';
export * from './types';
