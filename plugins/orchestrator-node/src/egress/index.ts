/**
 * Which outgoing calls an engine may make. An entry of its own, free of Backstage, so that a child
 * process can load it cheaply.
 *
 * @packageDocumentation
 */

export * from './addressKind';
export * from './EgressGuard';
export * from './EgressRefusedError';
