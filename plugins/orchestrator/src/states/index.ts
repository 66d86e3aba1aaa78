export * from './instanceStates';
export * from './nodeStates';
export * from './StateChip';
export * from './tones';
export * from './useEndReason';
