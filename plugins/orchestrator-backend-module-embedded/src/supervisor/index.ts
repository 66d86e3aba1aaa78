export type { EngineChild, SpawnEngine } from './EngineChild';
export { EngineLostError } from './EngineProcess';
export type { EngineListener } from './EngineProcess';
export { EngineNotRunningError, EngineSupervisor } from './EngineSupervisor';
export { forkEngine } from './forkEngine';
export type { ForkOptions } from './forkEngine';
