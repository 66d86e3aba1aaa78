/**
 * What the parts of the orchestrator share: API document, client, permissions, model.
 *
 * @packageDocumentation
 */

export * from './api';
export * from './permissions';
