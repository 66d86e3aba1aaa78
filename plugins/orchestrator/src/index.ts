/**
 * Workflows and their instances in a Backstage portal. The default export is the plugin for the
 * new frontend system; `./legacy` has the same for the old one.
 *
 * @packageDocumentation
 */

export { orchestratorPlugin as default } from './plugin';
export { orchestratorApiRef } from './api/orchestratorApiRef';
export type { OrchestratorApi } from './api/orchestratorApiRef';
export { isOrchestratorAvailable } from './entity/isOrchestratorAvailable';
export { orchestratorTranslationRef } from './translation';
