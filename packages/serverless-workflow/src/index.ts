/**
 * Serverless Workflow 0.8 as SonataFlow reads it: parse, validate, lint and draw.
 *
 * @packageDocumentation
 */
export * from './check';
export { buildGraph } from './graph/buildGraph';
export * from './graph/WorkflowGraph';
export * from './lint';
export * from './model';
export * from './parse';
export * from './validate';
