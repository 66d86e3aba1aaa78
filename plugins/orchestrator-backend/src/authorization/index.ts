export * from './Authorizer';
export * from './DecisionMemory';
export * from './criteriaSql';
export * from './resources';
export * from './rules';
export * from './registerPermissions';
