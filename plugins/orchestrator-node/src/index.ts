/**
 * The engine port of the orchestrator.
 *
 * @packageDocumentation
 */

export * from './engine';
