export { parseWorkflow } from './parseWorkflow';
export type { ParsedWorkflow } from './parseWorkflow';
export { readDocument } from './readDocument';
export { resolveReferences } from './resolveReferences';
export type { ResolvedWorkflow, ResourceLookup } from './resolveReferences';
export type { SourceFormat, SourceOptions } from './SourceDocument';
export { defaultSourceLimits } from './SourceLimits';
export type { SourceLimits } from './SourceLimits';
export type {
  Finding,
  ProblemSeverity,
  SourceProblem,
  SourceRange,
} from './SourceProblem';
