/**
 * What a browser needs of a definition: read it, know where things stand in it, and draw it. Depends
 * on nothing but `yaml`.
 *
 * @packageDocumentation
 */
export * from '../model';
export { parseWorkflow } from '../parse/parseWorkflow';
export type { ParsedWorkflow } from '../parse/parseWorkflow';
export type { SourceFormat, SourceOptions } from '../parse/SourceDocument';
export type { SourceLimits } from '../parse/SourceLimits';
export type {
  Finding,
  ProblemSeverity,
  SourceProblem,
  SourceRange,
} from '../parse/SourceProblem';
export { buildGraph } from './buildGraph';
export type {
  GraphAction,
  GraphEdge,
  GraphEdgeKind,
  GraphNode,
  GraphNodeKind,
  WorkflowGraph,
} from './WorkflowGraph';
