import type { EngineCallOptions, WorkflowEngine } from '../../engine';
import { APPROVAL_EVENT_TYPE, contractWorkflowIds } from '../contractWorkflows';
import { EngineContract } from '../EngineContract';
import { eventOf } from './instances';

const workflowId = contractWorkflowIds.greeting;
const id = '00000000-0000-0000-0000-000000000000';

type Call = (
  engine: WorkflowEngine,
  options: EngineCallOptions,
) => Promise<unknown>;

const CALLS: Record<string, Call> = {
  listWorkflows: (engine, options) => engine.listWorkflows(options),
  getDefinition: (engine, options) =>
    engine.getDefinition({ workflowId }, options),
  getInputSchema: (engine, options) =>
    engine.getInputSchema({ workflowId }, options),
  validateInput: (engine, options) =>
    engine.validateInput({ workflowId }, {}, options),
  run: (engine, options) =>
    engine.run({
      workflowId,
      input: { name: 'Ada' },
      businessKey: 'x',
      ...options,
    }),
  getInstance: (engine, options) => engine.getInstance(id, options),
  abort: (engine, options) => engine.abort(id, options),
  retry: (engine, options) => engine.retry(id, options),
  skip: async (engine, options) => engine.skip?.(id, options),
  retriggerNode: async (engine, options) =>
    engine.retriggerNode?.(id, id, options),
  rescheduleTimer: async (engine, options) =>
    engine.rescheduleTimer?.(id, id, '2100-01-01T00:00:00Z', options),
  updateData: async (engine, options) => engine.updateData?.(id, {}, options),
  count: async (engine, options) =>
    engine.count?.(
      { from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' },
      options,
    ),
  sendEvent: (engine, options) =>
    engine.sendEvent(
      eventOf(APPROVAL_EVENT_TYPE, {}),
      { kind: 'instance', engineInstanceId: id },
      options,
    ),
  changes: (engine, options) => engine.changes(undefined, 1, options),
  summaries: (engine, options) => engine.summaries([id], options),
  window: (engine, options) =>
    engine.window(
      { from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' },
      { offset: 0, limit: 1 },
      options,
    ),
};

/** What holds for every call of the port. */
export function describeCalls(contract: () => EngineContract): void {
  describe('a call that is no longer wanted', () => {
    it.each(Object.keys(CALLS))('%s rejects with the reason', async name => {
      const reason = new Error('no longer wanted');

      const { engine } = contract();
      if (typeof engine[name as keyof WorkflowEngine] !== 'function') return;

      await expect(
        CALLS[name](engine, { signal: AbortSignal.abort(reason) }),
      ).rejects.toBe(reason);
    });
  });

  describe('health', () => {
    it('tells that the engine answers', async () => {
      expect(await contract().engine.health()).toMatchObject({
        reachable: true,
        latencyMs: expect.any(Number),
      });
    });

    it('never rejects', async () => {
      const health = await contract().engine.health({
        signal: AbortSignal.abort(new Error('no longer wanted')),
      });

      expect(typeof health.reachable).toBe('boolean');
    });
  });
}
