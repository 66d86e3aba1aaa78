import { Effect } from '../interpreter/core/Effect';
import { InstanceEvent } from '../interpreter/core/InstanceEvent';
import { TokenId } from '../interpreter/core/InstanceState';
import { step } from '../interpreter/core/step';
import { WorkflowFailure } from '../interpreter/core/WorkflowFailure';
import { Clock } from './Clock';
import { cloudEvent } from './cloudEvent';
import { violationMessage } from './DataValidator';
import { EventQueue } from './EventQueue';
import { hasEnded, Instance, isSettled } from './Instance';
import { canTake, isIdle, keep } from './mailbox';
import { performCall } from './performCall';
import { release, releaseToken } from './release';
import { Turn } from './Turn';
import { RuntimeOptions } from './WorkflowRuntime';

/** The token of the timer that ends an instance that takes too long. */
const EXEC_TIMEOUT: TokenId = 0;

type EffectOf<T extends Effect['type']> = Extract<Effect, { type: T }>;

/** What the loop leaves to its owner. */
export interface LoopOwner {
  /** Starts a sub-workflow; or says why it can't. */
  startChild(
    parent: Instance,
    effect: EffectOf<'startChild'>,
  ): WorkflowFailure | undefined;
  changed(instance: Instance): void;
  ended(instance: Instance): void;
}

/** Lets instances take their steps, and carries out what these want done. */
export class InstanceLoop {
  readonly #options: RuntimeOptions;
  readonly #clock: Clock;
  readonly #owner: LoopOwner;
  readonly #queue: EventQueue;
  readonly #turnMs: number;

  /** @param turnMs - wall time after which others have their turn */
  constructor(
    options: RuntimeOptions,
    clock: Clock,
    owner: LoopOwner,
    turnMs: number,
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#owner = owner;
    this.#turnMs = turnMs;
    this.#queue = new EventQueue(turnMs, (instance, event) =>
      this.#dispatch(instance, event),
    );
  }

  /** Lets an instance begin. */
  begin(instance: Instance, node: number | undefined): void {
    const { execTimeoutMs } = instance.deployment.plan;
    if (execTimeoutMs !== undefined) {
      this.#setTimer(instance, EXEC_TIMEOUT, this.#clock.now() + execTimeoutMs);
    }
    this.#queue.post(instance, { type: 'start', node });
  }

  /** Tells an instance that something has happened. */
  post(instance: Instance, event: InstanceEvent): void {
    this.#queue.post(instance, event);
  }

  /** Resolves when the instance waits, has failed or has ended. */
  async settled(instance: Instance): Promise<void> {
    if (!isSettled(instance)) {
      await new Promise<void>(resolve => {
        instance.whenSettled.push(resolve);
      });
    }
  }

  /** Tries again to complete an instance whose data did not fit the output schema. */
  completeAgain(instance: Instance): void {
    instance.state = {
      ...instance.state,
      status: 'COMPLETED',
      error: undefined,
    };
    this.#afterStep(instance, this.#clock.now());
  }

  /** Lets a running timer fire at another time. */
  reschedule(instance: Instance, token: TokenId, dueMs: number): void {
    instance.timers.get(token)?.cancel();
    this.#setTimer(instance, token, dueMs);
    this.#owner.changed(instance);
  }

  stop(): void {
    this.#queue.stop();
  }

  #dispatch(instance: Instance, event: InstanceEvent): void {
    if (hasEnded(instance)) {
      return;
    }
    if (!canTake(instance, event)) {
      keep(instance, event);
      return;
    }
    const { environment } = instance;
    const turn = Turn.begin(this.#turnMs);
    const { state, effects } = step(
      instance.state,
      event,
      environment,
      () => !turn.isOver,
    );
    instance.state = state;
    const nowMs = this.#clock.now();
    for (const effect of effects) {
      this.#perform(instance, effect, nowMs);
    }
    if (
      state.status === 'ACTIVE' &&
      state.work &&
      state.blockedOn === undefined
    ) {
      this.#queue.add(instance, { type: 'continue' });
    }
    this.#afterStep(instance, nowMs);
  }

  #perform(instance: Instance, effect: Effect, nowMs: number): void {
    const { history } = instance;
    switch (effect.type) {
      case 'entered':
        history.entered(effect, nowMs);
        break;
      case 'left':
        history.left(effect, nowMs);
        releaseToken(instance, effect.token);
        break;
      case 'await':
        instance.awaited.set(effect.token, effect.eventType);
        history.waiting(effect.token);
        break;
      case 'setTimer':
        this.#setTimer(
          instance,
          effect.token,
          nowMs + Math.max(effect.delayMs, 0),
        );
        history.waiting(effect.token);
        break;
      case 'call':
        history.called(effect.token, effect.input);
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

  #setTimer(instance: Instance, token: TokenId, dueMs: number): void {
    const cancel = this.#clock.at(dueMs, () => {
      instance.timers.delete(token);
      if (token === EXEC_TIMEOUT) {
        instance.endReason = 'timed-out';
        this.#queue.post(instance, { type: 'abort' });
      } else {
        this.#queue.post(instance, { type: 'timer', token });
      }
    });
    instance.timers.set(token, { dueMs, cancel });
  }

  #call(instance: Instance, { token, request }: EffectOf<'call'>): void {
    const abort = new AbortController();
    instance.calls.set(token, abort);
    performCall(this.#options.http, request, abort.signal).then(
      response => {
        instance.calls.delete(token);
        this.post(instance, { type: 'answered', token, request, response });
      },
      (failure: WorkflowFailure) => {
        instance.calls.delete(token);
        this.post(instance, { type: 'unanswered', token, failure });
      },
    );
  }

  #startChild(instance: Instance, effect: EffectOf<'startChild'>): void {
    const failure = this.#owner.startChild(instance, effect);
    if (failure) {
      const { token } = effect;
      this.#queue.addFirst(instance, { type: 'childRefused', token, failure });
    }
  }

  #afterStep(instance: Instance, nowMs: number): void {
    if (instance.state.status === 'COMPLETED') {
      checkOutput(instance);
    }
    if (hasEnded(instance)) {
      instance.endedMs = nowMs;
      if (instance.state.status === 'COMPLETED') {
        instance.endReason = undefined;
      }
      release(instance);
      this.#owner.ended(instance);
    }
    this.#owner.changed(instance);
    if (isSettled(instance)) {
      this.#tellParent(instance);
      instance.whenSettled.splice(0).forEach(settled => settled());
    }
    const mail = isIdle(instance) ? instance.mailbox.shift() : undefined;
    if (mail) {
      this.#queue.addFirst(instance, mail);
    }
  }

  /** Tells the parent once that the instance waits or has failed, and once that it has ended. */
  #tellParent(instance: Instance): void {
    const { parent, state } = instance;
    if (!parent) {
      return;
    }
    const { token } = parent;
    if (hasEnded(instance)) {
      const { data } = state;
      this.#queue.add(parent.instance, { type: 'childEnded', token, data });
    } else if (!instance.hasSettled) {
      this.#queue.add(parent.instance, { type: 'childWaits', token });
    }
    instance.hasSettled = true;
  }
}

/** An instance may only complete with data that fits the output schema. */
function checkOutput(instance: Instance): void {
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
