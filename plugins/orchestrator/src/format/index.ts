export * from './Times';
export * from './useFormat';
