export * from './EngineRegistry';
export * from './ExclusiveStart';
