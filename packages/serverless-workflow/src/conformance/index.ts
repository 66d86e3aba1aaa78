export type { CaseResult, ConformanceCase } from './ConformanceCase';
export { EmbeddedTarget } from './EmbeddedTarget';
export { playCase } from './playCase';
