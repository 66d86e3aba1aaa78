/**
 * Production engine of the orchestrator: SonataFlow services and their Data Index.
 *
 * @packageDocumentation
 */

export { orchestratorModuleSonataflow as default } from './module';
