import { randomUUID } from 'node:crypto';
import type {
  CloudEvent,
  EngineInstance,
  InstanceState,
  RunOutcome,
} from '../../engine';
import { EngineContract } from '../EngineContract';
import { eventually } from '../eventually';

/** A run whose instance exists. */
export type StartedRun = Extract<RunOutcome, { engineInstanceId: string }>;

/** Runs a workflow that is going to have an instance, and gives the instance's id. */
export async function start(
  { engine }: EngineContract,
  workflowId: string,
  input: Record<string, unknown> = {},
): Promise<string> {
  const outcome = await engine.run({
    workflowId,
    input,
    businessKey: randomUUID(),
  });
  if (!('engineInstanceId' in outcome)) {
    throw new Error(`Nothing started: ${outcome.message}`);
  }
  return outcome.engineInstanceId;
}

/**
 * The instance once it is in a state, and whatever else is expected of it holds: an engine that reads
 * from an index may know the state before it knows the rest.
 */
export async function inState(
  { engine, patienceMs }: EngineContract,
  id: string,
  state: InstanceState,
  expectMore: (instance: EngineInstance) => void = () => {},
): Promise<EngineInstance> {
  return eventually(patienceMs, async () => {
    const instance = await engine.getInstance(id);
    expect(instance?.state).toBe(state);
    expectMore(instance as EngineInstance);
    return instance as EngineInstance;
  });
}

/** An event as the orchestrator sends it. */
export function eventOf(type: string, data: unknown): CloudEvent {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/contract',
    type,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
  };
}
