/**
 * Dev mode engine of the orchestrator: runs the workflows of a watched folder in a process of its
 * own.
 *
 * @packageDocumentation
 */
export { orchestratorModuleEmbedded as default } from './module';
