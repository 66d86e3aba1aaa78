/**
 * What the parts of the orchestrator share: API document, client, permissions, model, signals.
 *
 * @packageDocumentation
 */

export * from './api';
export * from './client';
export * from './model';
export * from './permissions';
export * from './signals';
