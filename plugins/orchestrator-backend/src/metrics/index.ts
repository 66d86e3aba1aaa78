export { OrchestratorMetrics } from './OrchestratorMetrics';
export { RunCounter } from './RunCounter';
export type { RunResult } from './RunCounter';
