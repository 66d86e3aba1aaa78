export type { Definition, LoadedDefinition, Problem } from './Definition';
export { loadDefinition } from './loadDefinition';
export { textHash } from './TextLookup';
export type { ReadUri } from './TextLookup';
