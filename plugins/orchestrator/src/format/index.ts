export * from './localTime';
export * from './Times';
export * from './useFormat';
