import { step } from '../interpreter/core/step';
import { WorkflowFailure } from '../interpreter/core/WorkflowFailure';
import { isTooDeep } from '../interpreter/functions/parseJson';
import { Json } from '../model';
import { Clock } from './Clock';
import { Begin, createInstance } from './createInstance';
import { Violation } from './DataValidator';
import { Deployment, deployWorkflow } from './Deployment';
import { hasEnded, Instance, isSettled } from './Instance';
import { InstanceLoop, LoopOwner } from './InstanceLoop';
import { heldSize } from './heldSize';
import { DEFAULT_LIMITS } from './limits';
import { inputViolations, Refusal, refused, refuseInput } from './refuse';
import { release } from './release';
import { rescheduleTimer, retriggerNode, skipNode } from './stepIn';
import { beginByEvent, isAwaiting, routesOf } from './routeEvent';
import { describe, runResult, summarize } from './summarize';
import { systemClock } from './systemClock';
import {
  DeployableWorkflow,
  InstanceListener,
  InstanceSnapshot,
  InstanceSummarySnapshot,
  NodeDefinition,
  RunOptions,
  RuntimeEvent,
  RuntimeLimits,
  RuntimeOptions,
  RuntimeRunResult,
  StepInResult,
  WorkflowRuntime,
} from './WorkflowRuntime';

/** Keeps workflows and instances in this process. */
export class InProcessRuntime implements WorkflowRuntime {
  readonly #options: RuntimeOptions;
  readonly #clock: Clock;
  readonly #limits: RuntimeLimits;
  readonly #deployments = new Map<string, Deployment>();
  readonly #instances = new Map<string, Instance>();
  readonly #listeners = new Set<InstanceListener>();
  readonly #loop: InstanceLoop;
  #unfinished = 0;
  #isStopped = false;

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    const owner: LoopOwner = {
      startChild: (parent, effect) => this.#startChild(parent, effect),
      changed: instance => this.#notify(instance),
      ended: () => {
        this.#unfinished -= 1;
      },
    };
    this.#loop = new InstanceLoop(
      options,
      this.#clock,
      owner,
      this.#limits.turnMs,
    );
  }

  deploy(workflow: DeployableWorkflow): void {
    const { expressionMs } = this.#limits;
    const deployment = deployWorkflow(workflow, this.#options, expressionMs);
    this.#deployments.set(deployment.workflowId, deployment);
  }

  retire(workflowId: string): void {
    this.#deployments.delete(workflowId);
  }

  nodes(workflowId: string): NodeDefinition[] | undefined {
    return this.#deployments.get(workflowId)?.plan.nodes.flatMap(node =>
      node
        ? {
            id: String(node.id),
            name: node.name,
            type: node.type,
            stateName: node.stateName,
            action: node.action,
            branch: node.branch,
          }
        : [],
    );
  }

  validateInput(workflowId: string, input: Json): Violation[] {
    return inputViolations(this.#deployments.get(workflowId), input);
  }

  async run(options: RunOptions): Promise<RuntimeRunResult> {
    const { workflowId, input, businessKey, headers = {} } = options;
    const deployment = this.#deployments.get(workflowId);
    if (!deployment) {
      return refused(
        'unknown-workflow',
        `There is no workflow with the id ${workflowId}`,
        404,
      );
    }
    const refusal = refuseInput(deployment, input) ?? this.#refuseMore();
    if (refusal) {
      return refusal;
    }
    const instance = this.#begin({ deployment, input, businessKey, headers });
    await this.#loop.settled(instance);
    return runResult(instance);
  }

  async abort(instanceId: string): Promise<boolean> {
    const instance = this.#unended(instanceId);
    if (!instance) {
      return false;
    }
    instance.endReason ??= 'aborted';
    this.#loop.post(instance, { type: 'abort' });
    await this.#loop.settled(instance);
    return true;
  }

  async retry(
    instanceId: string,
  ): Promise<'retried' | 'not-in-error' | 'unknown'> {
    const instance = this.#unended(instanceId);
    if (!instance) {
      return 'unknown';
    }
    if (instance.state.status !== 'ERROR') {
      return 'not-in-error';
    }
    if (instance.outputRejected) {
      this.#loop.completeAgain(instance);
    } else {
      this.#loop.post(instance, { type: 'retry' });
      await this.#loop.settled(instance);
    }
    return 'retried';
  }

  async skip(instanceId: string): Promise<StepInResult> {
    const instance = this.#unended(instanceId);
    return instance ? skipNode(instance, this.#loop) : { outcome: 'unknown' };
  }

  async retriggerNode(
    instanceId: string,
    nodeId: string,
  ): Promise<StepInResult> {
    const instance = this.#unended(instanceId);
    return instance
      ? retriggerNode(instance, this.#loop, nodeId)
      : { outcome: 'unknown' };
  }

  async rescheduleTimer(
    instanceId: string,
    timerId: string,
    dueMs: number,
  ): Promise<StepInResult> {
    const instance = this.#unended(instanceId);
    return instance
      ? rescheduleTimer(instance, this.#loop, timerId, dueMs)
      : { outcome: 'unknown' };
  }

  async updateData(instanceId: string, data: Json): Promise<boolean> {
    const instance = this.#unended(instanceId);
    if (!instance) {
      return false;
    }
    if (isTooDeep(data)) {
      throw new Error('The data is nested too deeply');
    }
    const { state, environment } = instance;
    instance.state = step(state, { type: 'update', data }, environment).state;
    this.#notify(instance);
    return true;
  }

  get(instanceId: string): InstanceSnapshot | undefined {
    const instance = this.#instances.get(instanceId);
    return instance && describe(instance);
  }

  heldBytes(instanceId: string): number {
    const instance = this.#instances.get(instanceId);
    return instance
      ? heldSize([instance.input, instance.state.data, instance.history.held()])
      : 0;
  }

  list(): InstanceSummarySnapshot[] {
    return [...this.#instances.values()].map(summarize);
  }

  forget(instanceId: string): void {
    const instance = this.#instances.get(instanceId);
    if (!instance || instance.state.status === 'ACTIVE') {
      return;
    }
    this.#instances.delete(instanceId);
    if (!hasEnded(instance)) {
      this.#unfinished -= 1;
      release(instance);
    }
  }

  async sendEvent(event: RuntimeEvent, workflowId?: string): Promise<string[]> {
    const { data = null } = event;
    const touched: Instance[] = [];
    const routes = routesOf(
      event,
      this.#deployments,
      [...this.#instances.values()].filter(instance => !hasEnded(instance)),
    );
    for (const route of routes) {
      const { deployment } = route;
      if (workflowId && deployment.workflowId !== workflowId) {
        continue;
      }
      for (const instance of route.deliverTo) {
        if (!isSettled(instance) || isAwaiting(instance, event.type)) {
          const { type: eventType } = event;
          this.#loop.post(instance, { type: 'event', eventType, data });
          touched.push(instance);
        }
      }
      if (route.start && !this.#refuseMore() && !isTooDeep(data)) {
        touched.push(this.#begin(beginByEvent(event, route)));
      }
    }
    await Promise.all(touched.map(instance => this.#loop.settled(instance)));
    return touched.map(({ id }) => id);
  }

  subscribe(listener: InstanceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#isStopped = true;
    this.#listeners.clear();
    this.#loop.stop();
    for (const instance of this.#instances.values()) {
      release(instance);
      instance.whenSettled.splice(0).forEach(settled => settled());
    }
  }

  #unended(instanceId: string): Instance | undefined {
    const instance = this.#instances.get(instanceId);
    return instance && !hasEnded(instance) ? instance : undefined;
  }

  #refuseMore(): Refusal | undefined {
    if (this.#isStopped) {
      return refused('engine', 'The engine has been stopped', 503);
    }
    const { instances } = this.#limits;
    return this.#unfinished >= instances
      ? refused(
          'limit',
          `There are already ${instances} unfinished instances, which is the limit (instances)`,
          503,
        )
      : undefined;
  }

  #begin(begin: Begin): Instance {
    const instance = createInstance(begin, this.#limits, this.#clock.now());
    this.#instances.set(instance.id, instance);
    this.#unfinished += 1;
    // Told before it does anything, so that it is known whatever it does to this process.
    this.#notify(instance);
    this.#loop.begin(instance, begin.node);
    return instance;
  }

  #startChild(
    parent: Instance,
    {
      workflowId,
      data,
      variables,
      token,
    }: Parameters<LoopOwner['startChild']>[1],
  ): WorkflowFailure | undefined {
    const deployment = this.#deployments.get(workflowId);
    if (!deployment) {
      return new WorkflowFailure(
        'IllegalArgumentException',
        `There is no workflow with the id ${workflowId}`,
      );
    }
    const { subflowDepth } = this.#limits;
    if (parent.depth >= subflowDepth) {
      return new WorkflowFailure(
        'RuntimeException',
        `Sub-workflows are nested more than ${subflowDepth} deep, which is the limit (subflowDepth)`,
      );
    }
    const refusal = refuseInput(deployment, data) ?? this.#refuseMore();
    if (refusal) {
      return new WorkflowFailure(
        refusal.reason === 'input'
          ? 'IllegalArgumentException'
          : 'RuntimeException',
        refusal.message,
      );
    }
    const child = this.#begin({
      deployment,
      input: data,
      variables,
      headers: parent.environment.instance.headers,
      parent: { instance: parent, token },
    });
    parent.childIds.push(child.id);
    parent.history.child(token, child.id, data);
    return undefined;
  }

  #notify(instance: Instance): void {
    if (this.#listeners.size > 0) {
      const summary = summarize(instance);
      this.#listeners.forEach(listener => listener(summary));
    }
  }
}
