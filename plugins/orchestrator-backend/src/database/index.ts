export * from './dialect';
export * from './migrate';
export * from './time';
