import { Effect } from '../interpreter/core/Effect';
import { InstanceEvent } from '../interpreter/core/InstanceEvent';
import { newInstance, TokenId } from '../interpreter/core/InstanceState';
import { step } from '../interpreter/core/step';
import { WorkflowFailure } from '../interpreter/core/WorkflowFailure';
import { isTooDeep } from '../interpreter/functions/parseJson';
import { Json } from '../model';
import { Clock } from './Clock';
import { cloudEvent } from './cloudEvent';
import { Violation, violationMessage } from './DataValidator';
import { Deployment, deployWorkflow } from './Deployment';
import { History } from './History';
import { hasEnded, Instance, isSettled, ParentLink } from './Instance';
import { DEFAULT_LIMITS } from './limits';
import { performCall } from './performCall';
import { routeEvent } from './routeEvent';
import { describe, summarize } from './summarize';
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
  WorkflowRuntime,
} from './WorkflowRuntime';

/** The token of the timer that ends an instance that takes too long. */
const EXEC_TIMEOUT: TokenId = 0;

interface Begin {
  deployment: Deployment;
  input: Json;
  businessKey?: string;
  headers: Readonly<Record<string, string>>;
  parent?: ParentLink;
  variables?: Record<string, Json>;
  correlation?: Readonly<Record<string, string>>;
  node?: number;
}

/** Carries out what the interpreter wants done: keeps instances, time, calls and events. */
export class InProcessRuntime implements WorkflowRuntime {
  readonly #options: RuntimeOptions;
  readonly #clock: Clock;
  readonly #limits: RuntimeLimits;
  readonly #deployments = new Map<string, Deployment>();
  readonly #instances = new Map<string, Instance>();
  readonly #listeners = new Set<InstanceListener>();
  readonly #queue: [Instance, InstanceEvent][] = [];
  #unfinished = 0;
  #isPumping = false;
  #isStopped = false;

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  deploy(workflow: DeployableWorkflow): void {
    const { expressionMs } = this.#limits;
    const deployment = deployWorkflow(workflow, this.#options, expressionMs);
    this.#deployments.set(deployment.workflowId, deployment);
  }

  retire(workflowId: string): void {
    this.#deployments.delete(workflowId);
  }

  validateInput(workflowId: string, input: Json): Violation[] {
    if (isTooDeep(input)) {
      return [{ path: '', message: 'The input is nested too deeply' }];
    }
    const schema = this.#deployments.get(workflowId)?.input;
    return schema?.failOnViolations ? schema.validate(input) : [];
  }

  async run(options: RunOptions): Promise<RuntimeRunResult> {
    const deployment = this.#deployments.get(options.workflowId);
    if (!deployment) {
      return refused(
        'unknown-workflow',
        `There is no workflow with the id ${options.workflowId}`,
        404,
      );
    }
    const refusal = this.#refusal(deployment, options.input);
    if (refusal) {
      return refusal;
    }
    const instance = this.#begin({
      deployment,
      input: options.input,
      businessKey: options.businessKey,
      headers: options.headers ?? {},
    });
    await this.#settled(instance);
    return runResult(instance);
  }

  async abort(instanceId: string): Promise<boolean> {
    const instance = this.#instances.get(instanceId);
    if (!instance || hasEnded(instance)) {
      return false;
    }
    instance.endReason ??= 'aborted';
    this.#post(instance, { type: 'abort' });
    await this.#settled(instance);
    return true;
  }

  async retry(
    instanceId: string,
  ): Promise<'retried' | 'not-in-error' | 'unknown'> {
    const instance = this.#instances.get(instanceId);
    if (!instance || hasEnded(instance)) {
      return 'unknown';
    }
    if (instance.state.status !== 'ERROR') {
      return 'not-in-error';
    }
    if (instance.outputRejected) {
      this.#completeAgain(instance);
    } else {
      this.#post(instance, { type: 'retry' });
      await this.#settled(instance);
    }
    return 'retried';
  }

  async updateData(instanceId: string, data: Json): Promise<boolean> {
    const instance = this.#instances.get(instanceId);
    if (!instance || hasEnded(instance)) {
      return false;
    }
    if (isTooDeep(data)) {
      throw new Error('The data is nested too deeply');
    }
    const { environment } = instance;
    const next = step(instance.state, { type: 'update', data }, environment);
    instance.state = next.state;
    this.#notify(instance);
    return true;
  }

  get(instanceId: string): InstanceSnapshot | undefined {
    const instance = this.#instances.get(instanceId);
    return instance && describe(instance);
  }

  list(): InstanceSummarySnapshot[] {
    return [...this.#instances.values()].map(summarize);
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
    for (const route of this.#routes(event)) {
      if (workflowId && route.deployment.workflowId !== workflowId) {
        continue;
      }
      for (const instance of route.deliverTo) {
        this.#post(instance, { type: 'event', eventType: event.type, data });
        touched.push(instance);
      }
      if (route.start) {
        const started = this.#beginByEvent(route.deployment, event, route);
        if (started) {
          touched.push(started);
        }
      }
    }
    await Promise.all(touched.map(instance => this.#settled(instance)));
    return touched.map(({ id }) => id);
  }

  subscribe(listener: InstanceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#isStopped = true;
    this.#listeners.clear();
    this.#queue.length = 0;
    for (const instance of this.#instances.values()) {
      release(instance);
      instance.whenSettled.splice(0).forEach(settled => settled());
    }
  }

  // Starting

  #refusal(deployment: Deployment, input: Json): RuntimeRunResult | undefined {
    if (this.#isStopped) {
      return refused('engine', 'The engine has been stopped', 503);
    }
    if (isTooDeep(input)) {
      return refused('input', 'The input is nested too deeply', 400);
    }
    const violations = deployment.input?.failOnViolations
      ? deployment.input.validate(input)
      : [];
    if (violations.length > 0) {
      return {
        ...refused('input', violationMessage(violations), 400),
        problems: violations,
      };
    }
    if (deployment.plan.start === undefined) {
      return refused(
        'input',
        'There is no start node that matches the trigger none',
        400,
      );
    }
    if (this.#unfinished >= this.#limits.instances) {
      return refused(
        'limit',
        `There are already ${
          this.#limits.instances
        } unfinished instances, which is the limit (instances)`,
        503,
      );
    }
    return undefined;
  }

  #begin(begin: Begin): Instance {
    const { deployment, parent, input } = begin;
    const id = globalThis.crypto.randomUUID();
    const root = parent?.instance;
    const rootId = root && (root.rootId ?? root.id);
    const instance: Instance = {
      id,
      deployment,
      environment: {
        plan: deployment.plan,
        expressions: deployment.expressions,
        limits: this.#limits,
        input,
        instance: {
          id,
          workflowId: deployment.workflowId,
          workflowVersion: deployment.workflowVersion,
          state: 1,
          parentId: root?.id,
          rootId,
          rootWorkflowId:
            root &&
            (root.environment.instance.rootWorkflowId ??
              root.deployment.workflowId),
          businessKey: begin.businessKey,
          headers: begin.headers,
        },
      },
      input,
      businessKey: begin.businessKey,
      parent,
      rootId,
      depth: (root?.depth ?? 0) + 1,
      startedMs: this.#clock.now(),
      history: new History(),
      childIds: [],
      timers: new Map(),
      calls: new Map(),
      awaited: new Map(),
      correlation: begin.correlation,
      state: newInstance(input, begin.variables ?? {}),
      endedMs: undefined,
      endReason: undefined,
      hasSettled: false,
      outputRejected: false,
      mailbox: [],
      whenSettled: [],
    };
    this.#instances.set(id, instance);
    this.#unfinished += 1;
    const { execTimeoutMs } = deployment.plan;
    if (execTimeoutMs !== undefined) {
      this.#setTimer(instance, EXEC_TIMEOUT, execTimeoutMs);
    }
    this.#post(instance, { type: 'start', node: begin.node });
    return instance;
  }

  #beginByEvent(
    deployment: Deployment,
    event: RuntimeEvent,
    route: { start?: { id: number }; correlation?: Begin['correlation'] },
  ): Instance | undefined {
    const input = event.data ?? {};
    if (this.#unfinished >= this.#limits.instances || isTooDeep(input)) {
      return undefined;
    }
    const { data: _, ...attributes } = event;
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, String(value)]),
    );
    const from = event.kogitoprocstartfrom;
    return this.#begin({
      deployment,
      input,
      headers,
      businessKey:
        typeof event.kogitobusinesskey === 'string'
          ? event.kogitobusinesskey
          : undefined,
      correlation: route.correlation,
      node:
        (typeof from === 'string'
          ? deployment.plan.nodes.find(
              node =>
                node?.container === 0 &&
                (node.name === from || String(node.id) === from),
            )?.id
          : undefined) ?? route.start?.id,
    });
  }

  *#routes(event: RuntimeEvent) {
    const deployments = new Set(this.#deployments.values());
    const instances = new Map<string, Instance[]>();
    for (const instance of this.#instances.values()) {
      if (!hasEnded(instance)) {
        const { workflowId } = instance.deployment;
        const own = instances.get(workflowId);
        if (own) {
          own.push(instance);
        } else {
          instances.set(workflowId, [instance]);
        }
      }
    }
    for (const [workflowId, own] of instances) {
      if (!this.#deployments.has(workflowId)) {
        const route = routeEvent(event, own[0].deployment, own);
        yield { ...route, start: undefined, deployment: own[0].deployment };
      }
    }
    for (const deployment of deployments) {
      const own = instances.get(deployment.workflowId) ?? [];
      yield { ...routeEvent(event, deployment, own), deployment };
    }
  }

  // Stepping

  #post(instance: Instance, event: InstanceEvent): void {
    this.#queue.push([instance, event]);
    if (this.#isPumping) {
      return;
    }
    this.#isPumping = true;
    try {
      for (
        let next = this.#queue.shift();
        next && !this.#isStopped;
        next = this.#queue.shift()
      ) {
        this.#dispatch(...next);
      }
    } finally {
      this.#isPumping = false;
    }
  }

  #dispatch(instance: Instance, event: InstanceEvent): void {
    if (hasEnded(instance)) {
      return;
    }
    if (!canTake(instance, event)) {
      instance.mailbox.push(event);
      return;
    }
    const { state, effects } = step(
      instance.state,
      event,
      instance.environment,
    );
    instance.state = state;
    const nowMs = this.#clock.now();
    for (const effect of effects) {
      this.#perform(instance, effect, nowMs);
    }
    this.#afterStep(instance, nowMs);
  }

  #perform(instance: Instance, effect: Effect, nowMs: number): void {
    switch (effect.type) {
      case 'entered':
        instance.history.entered(effect, nowMs);
        break;
      case 'left':
        instance.history.left(effect, nowMs);
        releaseToken(instance, effect.token);
        break;
      case 'await':
        instance.awaited.set(effect.token, effect.eventType);
        instance.history.waiting(effect.token);
        break;
      case 'setTimer':
        this.#setTimer(instance, effect.token, effect.delayMs);
        instance.history.waiting(effect.token);
        break;
      case 'call':
        instance.history.called(effect.token, effect.input);
        this.#call(instance, effect);
        break;
      case 'startChild':
        this.#startChild(instance, effect);
        break;
      case 'publish':
        this.#options.publish?.(cloudEvent(instance, effect, nowMs));
        break;
      default:
        this.#options.log?.({
          level: effect.level,
          message: effect.message,
          instanceId: instance.id,
        });
    }
  }

  #afterStep(instance: Instance, nowMs: number): void {
    if (instance.state.status === 'COMPLETED') {
      this.#checkOutput(instance);
    }
    if (hasEnded(instance)) {
      instance.endedMs = nowMs;
      if (instance.state.status === 'COMPLETED') {
        instance.endReason = undefined;
      }
      this.#unfinished -= 1;
      release(instance);
    }
    this.#notify(instance);
    if (isSettled(instance)) {
      this.#tellParent(instance);
      instance.whenSettled.splice(0).forEach(settled => settled());
    }
    if (canTakeMail(instance)) {
      const mail = instance.mailbox.shift();
      if (mail) {
        this.#queue.unshift([instance, mail]);
      }
    }
  }

  #checkOutput(instance: Instance): void {
    const { output } = instance.deployment;
    const violations = output?.validate(instance.state.data) ?? [];
    instance.outputRejected =
      violations.length > 0 && output?.failOnViolations === true;
    if (instance.outputRejected) {
      const failure = new WorkflowFailure(
        'IllegalArgumentException',
        violationMessage(violations),
      );
      instance.state = {
        ...instance.state,
        status: 'ERROR',
        error: { failure, node: undefined, container: 0 },
      };
    }
  }

  #completeAgain(instance: Instance): void {
    instance.state = {
      ...instance.state,
      status: 'COMPLETED',
      error: undefined,
    };
    this.#afterStep(instance, this.#clock.now());
  }

  #tellParent(instance: Instance): void {
    const { parent } = instance;
    if (!parent || (instance.state.status === 'ERROR' && instance.hasSettled)) {
      return;
    }
    const { token } = parent;
    if (hasEnded(instance)) {
      const { data } = instance.state;
      this.#queue.push([parent.instance, { type: 'childEnded', token, data }]);
    } else if (!instance.hasSettled) {
      this.#queue.push([parent.instance, { type: 'childWaits', token }]);
    }
    instance.hasSettled = true;
  }

  #notify(instance: Instance): void {
    if (this.#listeners.size === 0) {
      return;
    }
    const summary = summarize(instance);
    for (const listener of this.#listeners) {
      listener(summary);
    }
  }

  async #settled(instance: Instance): Promise<void> {
    if (!isSettled(instance)) {
      await new Promise<void>(resolve => {
        instance.whenSettled.push(resolve);
      });
    }
  }

  // Effects

  #setTimer(instance: Instance, token: TokenId, delayMs: number): void {
    const dueMs = this.#clock.now() + Math.max(delayMs, 0);
    const cancel = this.#clock.at(dueMs, () => {
      instance.timers.delete(token);
      if (token === EXEC_TIMEOUT) {
        instance.endReason = 'timed-out';
        this.#post(instance, { type: 'abort' });
      } else {
        this.#post(instance, { type: 'timer', token });
      }
    });
    instance.timers.set(token, { dueMs, cancel });
  }

  #call(instance: Instance, effect: Extract<Effect, { type: 'call' }>): void {
    const abort = new AbortController();
    const { token, request } = effect;
    instance.calls.set(token, abort);
    performCall(this.#options.http, request, abort.signal).then(
      response => {
        instance.calls.delete(token);
        this.#post(instance, { type: 'answered', token, request, response });
      },
      (failure: WorkflowFailure) => {
        instance.calls.delete(token);
        this.#post(instance, { type: 'unanswered', token, failure });
      },
    );
  }

  #startChild(
    instance: Instance,
    effect: Extract<Effect, { type: 'startChild' }>,
  ): void {
    const { token } = effect;
    const failure = this.#childRefusal(instance, effect);
    if (failure) {
      this.#queue.unshift([instance, { type: 'childRefused', token, failure }]);
      return;
    }
    const deployment = this.#deployments.get(effect.workflowId);
    if (deployment) {
      const child = this.#begin({
        deployment,
        input: effect.data,
        variables: effect.variables,
        headers: instance.environment.instance.headers,
        parent: { instance, token },
      });
      instance.childIds.push(child.id);
      instance.history.child(token, child.id, effect.data);
    }
  }

  #childRefusal(
    instance: Instance,
    { workflowId, data }: Extract<Effect, { type: 'startChild' }>,
  ): WorkflowFailure | undefined {
    const deployment = this.#deployments.get(workflowId);
    if (!deployment) {
      return new WorkflowFailure(
        'IllegalArgumentException',
        `Unknown process ID: ${workflowId}`,
      );
    }
    if (instance.depth >= this.#limits.subflowDepth) {
      return new WorkflowFailure(
        'RuntimeException',
        `Sub-workflows are nested more than ${
          this.#limits.subflowDepth
        } deep, which is the limit (subflowDepth)`,
      );
    }
    const refusal = this.#refusal(deployment, data);
    return refusal?.outcome === 'refused'
      ? new WorkflowFailure(
          refusal.status === 400
            ? 'IllegalArgumentException'
            : 'RuntimeException',
          refusal.message,
        )
      : undefined;
  }
}

/** Answers and aborts reach an instance at any time, the rest when it is not blocked or in error. */
function canTake({ state }: Instance, event: InstanceEvent): boolean {
  switch (event.type) {
    case 'abort':
    case 'retry':
      return true;
    case 'answered':
    case 'unanswered':
    case 'childWaits':
    case 'childRefused':
      return true;
    case 'childEnded':
      return state.blockedOn === event.token || state.blockedOn === undefined;
    default:
      return state.status === 'ACTIVE' && state.blockedOn === undefined;
  }
}

function canTakeMail({ state, mailbox }: Instance): boolean {
  return (
    mailbox.length > 0 &&
    state.status === 'ACTIVE' &&
    state.blockedOn === undefined
  );
}

function releaseToken(instance: Instance, token: TokenId): void {
  if (instance.timers.size > 0) {
    instance.timers.get(token)?.cancel();
    instance.timers.delete(token);
  }
  if (instance.calls.size > 0) {
    instance.calls.get(token)?.abort();
    instance.calls.delete(token);
  }
  instance.awaited.delete(token);
}

/** Ends all timers and calls. */
function release(instance: Instance): void {
  instance.timers.forEach(timer => timer.cancel());
  instance.timers.clear();
  instance.calls.forEach(call => call.abort());
  instance.calls.clear();
  instance.awaited.clear();
  instance.mailbox.length = 0;
}

function refused(
  reason: Extract<RuntimeRunResult, { outcome: 'refused' }>['reason'],
  message: string,
  status: number,
): Extract<RuntimeRunResult, { outcome: 'refused' }> {
  return { outcome: 'refused', reason, message, status };
}

function runResult(instance: Instance): RuntimeRunResult {
  const summary = summarize(instance);
  const { error, data } = instance.state;
  if (error) {
    return {
      outcome: 'failed',
      instance: summary,
      message: error.failure.message,
      status: error.failure.status,
    };
  }
  return { outcome: 'started', instance: summary, data };
}
