import type { WorkflowEngine } from '../engine';
import { ContractService } from './ContractService';

/** An engine that is ready to be tested, with the files of `contractFiles` loaded. @public */
export interface EngineUnderTest {
  /** Started already. */
  engine: WorkflowEngine;
  /** Stops the engine and whatever was set up for it. */
  dispose(): Promise<void>;
}

/** @public */
export interface EngineContractOptions {
  /** Called once; all tests share the engine and the instances that it collects. */
  create(service: ContractService): Promise<EngineUnderTest>;
  /** Fixed port of the service that a workflow calls, for engines that can't be told at start. */
  servicePort?: number;
  /** How long something that becomes true by and by may take. Default 10 seconds. */
  patienceMs?: number;
}

/** What the tests of the contract work with. */
export interface EngineContract {
  readonly engine: WorkflowEngine;
  readonly service: ContractService;
  readonly patienceMs: number;
}
