export * from './errors';
export * from './OperationRouter';
export * from './principal';
export * from './readBody';
