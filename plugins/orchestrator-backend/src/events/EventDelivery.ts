import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError, toError } from '@backstage/errors';
import {
  isSilence,
  provesNoEffect,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EpochMs } from '../database';
import { Lease, LeasedLoop, LeaseLostError, Round } from '../feed';
import { Delivery, DeliveryQueue, FailedAttempt } from './DeliveryQueue';

/** How long a target may take. */
const TIMEOUT_MS = 10_000;

/** How often the queue is looked at when nothing announces an event. */
const POLL_MS = 1_000;

/** Lanes delivered at a time, altogether and to one target. */
const LANES = 24;
const LANES_PER_TARGET = 6;

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;

/**
 * What an answer weighs. One that makes no sense, such as a service's own failure, counts a quarter of a
 * "no": with the pauses in between, the default has patience for about a quarter of an hour. A service
 * that can't take an event at all must not hold up those behind it for a day.
 */
const WEIGHT = { silence: 0, unclear: 1, refusal: 4 };

const CLEAN_UP_MS = 60_000;
const CLEAN_UP_BATCH = 1_000;

/** For how long an event that was given up stays redeliverable. */
const UNDELIVERABLE_MS = 90 * 24 * 60 * 60 * 1000;

export interface DeliverySettings {
  /** Answers of "no" after which an event is given up; it takes more of those that make no sense. */
  attempts: number;
  /** How long a target that does not answer is tried. */
  giveUpAfterMs: number;
  /** How long delivered events are kept, and so known again when they are repeated. */
  retentionMs: number;
}

interface EventDeliveryOptions {
  engine: WorkflowEngine;
  queue: DeliveryQueue;
  lease: Lease;
  logger: LoggerService;
  auditor: AuditorService;
  settings: DeliverySettings;
}

/**
 * Delivers stored events in the order of their lanes. "Delivered" means that the target took it:
 * SonataFlow's 202 proves no more. An attempt without an answer is made again; the engine is told so,
 * and finds out as far as it can whether the event had arrived.
 */
export class EventDelivery {
  readonly #options: EventDeliveryOptions;
  readonly #round: Round;
  readonly #loop: LeasedLoop;
  /** Lane → its target and the work on it. */
  readonly #active = new Map<string, { target: string; done: Promise<void> }>();
  #cleanUpAt: EpochMs = 0;

  static create(options: EventDeliveryOptions): EventDelivery {
    return new EventDelivery(options);
  }

  private constructor(options: EventDeliveryOptions) {
    this.#options = options;
    this.#round = Round.create({
      pass: signal => this.#pass(signal),
      pauseMs: () => POLL_MS,
    });
    this.#loop = LeasedLoop.create({
      lease: options.lease,
      logger: options.logger,
      purpose: 'event delivery',
      rounds: [this.#round],
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Ends the deliveries under way; what is not known to be delivered is tried again. */
  async stop(): Promise<void> {
    const stopped = this.#loop.stop();
    await Promise.all([...this.#active.values()].map(({ done }) => done));
    await stopped;
  }

  /** Events were stored: looks at once. */
  wake(): void {
    this.#round.wake();
  }

  async #pass(signal: AbortSignal): Promise<void> {
    try {
      await this.#cleanUp();
      const { queue } = this.#options;
      for (const { lane, target } of await queue.dueLanes(
        Date.now(),
        // Those under way are found too.
        2 * LANES_PER_TARGET,
      )) {
        if (this.#active.size >= LANES) {
          return;
        }
        if (!this.#active.has(lane) && this.#hasRoom(target)) {
          const done = this.#deliverLane(lane, signal).finally(() => {
            this.#active.delete(lane);
            this.#round.wake();
          });
          this.#active.set(lane, { target, done });
        }
      }
    } catch (error) {
      this.#options.logger.warn(
        `Events can't be delivered: ${stringifyError(error)}`,
      );
    }
  }

  #hasRoom(target: string): boolean {
    const busy = [...this.#active.values()].filter(
      lane => lane.target === target,
    );
    return busy.length < LANES_PER_TARGET;
  }

  /** Delivers what is due in a lane, one after the other; never rejects. */
  async #deliverLane(lane: string, signal: AbortSignal): Promise<void> {
    const { queue, logger } = this.#options;
    try {
      while (!signal.aborted) {
        const delivery = await queue.front(lane, Date.now());
        if (!delivery || !(await this.#deliver(delivery, signal))) {
          return;
        }
      }
    } catch (error) {
      if (!(error instanceof LeaseLostError) && !signal.aborted) {
        logger.warn(`An event can't be delivered: ${stringifyError(error)}`);
      }
    }
  }

  /** Whether the lane goes on: the event was delivered or given up. */
  async #deliver(delivery: Delivery, signal: AbortSignal): Promise<boolean> {
    const { engine, queue, lease } = this.#options;
    const endsAt = Date.now() + TIMEOUT_MS;
    const retryAt = endsAt + delayMs(delivery.attempts);
    const begun = await queue.begin(delivery, retryAt, transaction =>
      lease.check(transaction),
    );
    if (!begun) {
      return true;
    }
    // Then others may make the next attempt, however long it took to begin this one.
    const leftMs = endsAt - Date.now();
    if (leftMs <= 0) {
      return false;
    }
    try {
      await engine.sendEvent(
        delivery.event,
        {
          kind: 'workflow',
          workflowId: delivery.workflowId,
          version: delivery.version,
        },
        {
          deliveryId: delivery.id,
          mayHaveArrived: delivery.mayHaveArrived,
          signal: AbortSignal.any([signal, AbortSignal.timeout(leftMs)]),
        },
      );
    } catch (error) {
      // Of an attempt that the portal itself cut off nothing is known: it stays as begun.
      return signal.aborted ? false : this.#failed(delivery, error);
    }
    await queue.delivered(delivery, Date.now());
    return true;
  }

  async #failed(delivery: Delivery, error: unknown): Promise<boolean> {
    const { queue, settings } = this.#options;
    const failure = {
      message: toError(error).message,
      weight: weightOf(error),
      mayHaveArrived: delivery.mayHaveArrived || !provesNoEffect(error),
    };
    if (!isLastAttempt(delivery, failure, settings)) {
      const retryAt = Date.now() + delayMs(delivery.attempts);
      await queue.postponed(delivery, failure, retryAt);
      return false;
    }
    await queue.parked(delivery, failure);
    await this.#reportParked(delivery, error);
    return true;
  }

  async #reportParked({ id, eventId, type, target }: Delivery, error: unknown) {
    const { auditor, logger } = this.#options;
    logger.warn(
      `The event "${eventId}" of type ${type} could not be delivered to ${target} and was put aside: ${stringifyError(
        error,
      )}`,
    );
    const event = await auditor.createEvent({
      eventId: 'event-deliver',
      severityLevel: 'medium',
      meta: { id, cloudEventId: eventId, eventType: type, target },
    });
    await event.fail({ error: toError(error) });
  }

  async #cleanUp() {
    const now = Date.now();
    if (now < this.#cleanUpAt) {
      return;
    }
    const { queue, settings } = this.#options;
    const deleted = await queue.deleteExpired(
      {
        delivered: now - settings.retentionMs,
        undeliverable: now - UNDELIVERABLE_MS,
      },
      CLEAN_UP_BATCH,
    );
    this.#cleanUpAt = deleted < CLEAN_UP_BATCH ? now + CLEAN_UP_MS : 0;
  }
}

/** Doubles with each attempt. */
function delayMs(attempts: number): number {
  return Math.min(
    FIRST_DELAY_MS * 2 ** Math.min(attempts, 16),
    LONGEST_DELAY_MS,
  );
}

function weightOf(error: unknown): number {
  if (isSilence(error)) {
    return WEIGHT.silence;
  }
  return provesNoEffect(error) ? WEIGHT.refusal : WEIGHT.unclear;
}

/** Whether an event is given up after one more failure. */
function isLastAttempt(
  delivery: Delivery,
  { weight }: FailedAttempt,
  { attempts, giveUpAfterMs }: DeliverySettings,
): boolean {
  return weight === WEIGHT.silence
    ? Date.now() - delivery.waitingSince >= giveUpAfterMs
    : delivery.weight + weight >= attempts * WEIGHT.refusal;
}
