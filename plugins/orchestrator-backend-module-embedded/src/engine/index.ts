export { EmbeddedEngine } from './EmbeddedEngine';
export type { EmbeddedEngineOptions } from './EmbeddedEngine';
