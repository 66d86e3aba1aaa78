import {
  CloudEvent,
  EngineCallOptions,
  EngineCapabilities,
  EngineChanges,
  EngineInstance,
  EngineRefusedError,
  EngineSummaries,
  EngineWindowPage,
  EngineWorkflow,
  EventTarget,
  InputProblem,
  InstanceNotFoundError,
  RetryFailure,
  RunOutcome,
  RunRequest,
  SendEventOptions,
  TimeWindow,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';

/** An engine that does what a test tells it, and nothing by itself. */
export class ScriptedEngine implements WorkflowEngine {
  readonly id: string;
  readonly mode: 'dev' | 'production';
  readonly capabilities: EngineCapabilities = {
    retry: true,
    skip: false,
    retriggerNode: false,
    updateData: false,
    rescheduleTimer: false,
    counts: false,
    deployment: false,
  };
  hasEventBroker = false;
  count?: WorkflowEngine['count'];
  refuseWaiting?: WorkflowEngine['refuseWaiting'];
  lateChanges?: WorkflowEngine['lateChanges'];
  skip?: WorkflowEngine['skip'];
  retriggerNode?: WorkflowEngine['retriggerNode'];
  rescheduleTimer?: WorkflowEngine['rescheduleTimer'];
  updateData?: WorkflowEngine['updateData'];
  /** When set, every call rejects with it. */
  failure: Error | undefined;
  workflows: EngineWorkflow[] = [];
  inputProblems: InputProblem[] = [];
  /** What becomes of a run; by default an ACTIVE instance that the feed is told of. */
  onRun: (request: RunRequest) => Promise<RunOutcome> = async request => {
    const { engineInstanceId } = this.put({
      workflowId: request.workflowId,
      businessKey: request.businessKey,
      input: request.input,
    });
    return { outcome: 'started', engineInstanceId };
  };
  readonly runs: RunRequest[] = [];
  readonly sent: { event: CloudEvent; target: EventTarget }[] = [];
  /** Attempts to deliver events, answered or not. */
  readonly deliveries: Omit<SendEventOptions, 'signal'>[] = [];
  readonly calls: string[] = [];
  readonly #instances = new Map<string, EngineInstance>();
  readonly #log: string[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #workflowListeners = new Set<() => void>();
  #count = 0;

  constructor(options: { id?: string; mode?: 'dev' | 'production' } = {}) {
    this.id = options.id ?? 'scripted';
    this.mode = options.mode ?? 'production';
  }

  /** Makes the engine one that can do all that is optional. */
  withEverything() {
    Object.assign(this.capabilities, {
      skip: true,
      retriggerNode: true,
      updateData: true,
      rescheduleTimer: true,
    });
    this.skip = async id => {
      this.#called('skip');
      this.put({
        engineInstanceId: id,
        state: 'ACTIVE',
        errorMessage: undefined,
      });
    };
    this.retriggerNode = async (_id, nodeId) => {
      this.#called(`retriggerNode ${nodeId}`);
    };
    this.rescheduleTimer = async (_id, timerId, at) => {
      this.#called(`rescheduleTimer ${timerId} ${at}`);
    };
    this.updateData = async (id, patch) => {
      this.#called('updateData');
      const data = { ...(this.#instances.get(id)?.data as object), ...patch };
      this.put({ engineInstanceId: id, data });
    };
    return this;
  }

  /** Adds an instance or changes one, and tells the feed. */
  put(fields: Partial<EngineInstance>): EngineInstance {
    this.#count += 1;
    const engineInstanceId = fields.engineInstanceId ?? `engine-${this.#count}`;
    const instance: EngineInstance = {
      workflowId: 'greet',
      state: 'ACTIVE',
      startedAt: new Date().toISOString(),
      data: {},
      nodes: [],
      waits: [],
      childIds: [],
      ...this.#instances.get(engineInstanceId),
      ...fields,
      engineInstanceId,
    };
    this.#instances.set(engineInstanceId, instance);
    this.#log.push(engineInstanceId);
    this.#listeners.forEach(listener => listener());
    return instance;
  }

  /** Changes an instance without telling the feed, as an index that commits late. */
  putSilently(fields: Partial<EngineInstance>) {
    const [length, listeners] = [this.#log.length, [...this.#listeners]];
    this.#listeners.clear();
    this.put(fields);
    this.#log.length = length;
    listeners.forEach(listener => this.#listeners.add(listener));
  }

  remove(engineInstanceId: string) {
    this.#instances.delete(engineInstanceId);
  }

  setWorkflows(...workflows: (Partial<EngineWorkflow> & { id: string })[]) {
    this.workflows = workflows.map(workflow => ({
      version: '1.0',
      revision: 'r1',
      name: workflow.id,
      annotations: [],
      metadata: {},
      hasInputSchema: false,
      startsByEvent: false,
      consumedEventTypes: [],
      availability: { state: 'available' },
      ...workflow,
    }));
    this.#workflowListeners.forEach(listener => listener());
    return this;
  }

  async start() {}
  async stop() {}

  async listWorkflows(_options?: EngineCallOptions) {
    this.#called('listWorkflows');
    return this.workflows;
  }

  async getDefinition({ workflowId }: { workflowId: string }) {
    this.#called('getDefinition');
    const workflow = this.workflows.find(({ id }) => id === workflowId);
    return (
      workflow && {
        workflowId,
        version: workflow.version,
        revision: workflow.revision,
        format: 'json' as const,
        source: '{}',
      }
    );
  }

  async getInputSchema() {
    this.#called('getInputSchema');
    return { type: 'object' };
  }

  async validateInput() {
    this.#called('validateInput');
    return this.inputProblems;
  }

  async run(request: RunRequest): Promise<RunOutcome> {
    this.#called('run');
    const { turn, ...told } = request;
    this.runs.push(told);
    return this.onRun(request);
  }

  async getInstance(id: string) {
    this.#called('getInstance');
    return this.#instances.get(id);
  }

  async abort(id: string) {
    this.#called('abort');
    const instance = this.#instances.get(id);
    if (!instance || ['COMPLETED', 'ABORTED'].includes(instance.state)) {
      throw new InstanceNotFoundError(`${id} runs no longer`);
    }
    this.put({
      engineInstanceId: id,
      state: 'ABORTED',
      endedAt: new Date().toISOString(),
    });
  }

  async retry(id: string): Promise<RetryFailure | void> {
    this.#called('retry');
    if (this.#instances.get(id)?.state !== 'ERROR') {
      throw new EngineRefusedError(`${id} has not failed`);
    }
    this.put({
      engineInstanceId: id,
      state: 'ACTIVE',
      errorMessage: undefined,
    });
  }

  async sendEvent(
    event: CloudEvent,
    target: EventTarget,
    { deliveryId, mayHaveArrived }: SendEventOptions = {},
  ) {
    if (deliveryId !== undefined) {
      this.deliveries.push({ deliveryId, mayHaveArrived });
    }
    this.#called('sendEvent');
    this.sent.push({ event, target });
  }

  async changes(
    cursor: string | undefined,
    limit: number,
  ): Promise<EngineChanges> {
    this.#called('changes');
    const from = Number(cursor ?? 0);
    const ids = this.#log.slice(from, from + limit);
    return {
      summaries: this.#summaries(ids),
      nextCursor: String(from + ids.length),
      more: from + ids.length < this.#log.length,
    };
  }

  async summaries(ids: string[]): Promise<EngineSummaries> {
    this.#called('summaries');
    return {
      summaries: this.#summaries(ids),
      unknownIds: ids.filter(id => !this.#instances.has(id)),
    };
  }

  async window(
    { from, to }: TimeWindow,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<EngineWindowPage> {
    this.#called('window');
    const ids = [...this.#instances.values()]
      .filter(({ startedAt = '' }) => startedAt >= from && startedAt < to)
      .map(({ engineInstanceId }) => engineInstanceId);
    return {
      summaries: this.#summaries(ids.slice(offset, offset + limit)),
      more: offset + limit < ids.length,
    };
  }

  onChange(listener: () => void) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onWorkflowsChanged(listener: () => void) {
    this.#workflowListeners.add(listener);
    return () => this.#workflowListeners.delete(listener);
  }

  async health() {
    return this.failure
      ? { reachable: false, message: this.failure.message }
      : { reachable: true, latencyMs: 1 };
  }

  #summaries(ids: string[]) {
    return ids.flatMap(id => {
      const instance = this.#instances.get(id);
      if (!instance) {
        return [];
      }
      const { data, input, nodes, waits, error, childIds, ...summary } =
        instance;
      return [summary];
    });
  }

  #called(name: string) {
    this.calls.push(name);
    if (this.failure) {
      throw this.failure;
    }
  }
}
