import { ContractService } from './ContractService';
import { describeActions } from './contract/describeActions';
import { describeCalls } from './contract/describeCalls';
import { describeEvents } from './contract/describeEvents';
import { describeFeed } from './contract/describeFeed';
import { describeInterventions } from './contract/describeInterventions';
import { describeRuns } from './contract/describeRuns';
import { describeWorkflows } from './contract/describeWorkflows';
import {
  EngineContract,
  EngineContractOptions,
  EngineUnderTest,
} from './EngineContract';

/** Starting an engine may mean starting a process or a server. */
const START_TIMEOUT_MS = 60_000;
const DEFAULT_PATIENCE_MS = 10_000;

/**
 * The tests that every {@link WorkflowEngine} has to pass. Call it at the top of a Jest test file.
 *
 * @example
 * ```ts
 * describeWorkflowEngine('embedded', {
 *   create: async service => {
 *     const engine = await startEngineWith(contractFiles(service));
 *     return { engine, dispose: () => engine.stop() };
 *   },
 * });
 * ```
 *
 * @public
 */
export function describeWorkflowEngine(
  name: string,
  options: EngineContractOptions,
): void {
  const patienceMs = options.patienceMs ?? DEFAULT_PATIENCE_MS;
  let service: ContractService;
  let underTest: EngineUnderTest;
  const contract = (): EngineContract => ({
    engine: underTest.engine,
    service,
    patienceMs,
  });

  describe(`the engine ${name}`, () => {
    beforeAll(async () => {
      service = await ContractService.start(options.servicePort);
      underTest = await options.create(service);
    }, START_TIMEOUT_MS);

    afterAll(async () => {
      await underTest?.dispose();
      await service?.stop();
    });

    // A test must outlast what it waits for, else its failure would not say what was missing.
    jest.setTimeout(patienceMs * 3);

    describeWorkflows(contract);
    describeRuns(contract);
    describeEvents(contract);
    describeActions(contract);
    describeInterventions(contract);
    describeFeed(contract);
    describeCalls(contract);
  });
}
