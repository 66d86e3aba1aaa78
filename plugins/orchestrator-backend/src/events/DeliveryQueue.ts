import { CloudEvent } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { EpochMs, textOf } from '../database';
import { shortened } from '../store';

/** An event on its way to one target. */
export interface Delivery {
  id: string;
  eventId: string;
  type: string;
  lane: string;
  target: string;
  workflowId: string;
  /** Undefined: the newest one. */
  version?: string;
  event: CloudEvent;
  /** So far, without the one at hand. */
  attempts: number;
  /** What the answers to the attempts so far weigh together. */
  weight: number;
  /** True when it is not known of an earlier attempt what became of it. */
  mayHaveArrived: boolean;
  waitingSince: EpochMs;
}

/** An attempt without success. */
export interface FailedAttempt {
  message: string;
  /** How much the answer weighs; 0 without one. */
  weight: number;
  /** Whether the target has, or may have, the event all the same; from this attempt or another. */
  mayHaveArrived: boolean;
}

/** The front of a lane, due now. */
export interface DueLane {
  lane: string;
  target: string;
}

const ERROR_LIMIT = 500;

/** The deliveries that wait, lane by lane. */
export class DeliveryQueue {
  readonly #knex: Knex;
  readonly #engine: string;

  static create(options: { knex: Knex; engine: string }): DeliveryQueue {
    return new DeliveryQueue(options.knex, options.engine);
  }

  private constructor(knex: Knex, engine: string) {
    this.#knex = knex;
    this.#engine = engine;
  }

  /**
   * Lanes whose first delivery is due, the longest due first, but so many of each target at most: one
   * that hangs must not keep others from being found.
   */
  async dueLanes(now: EpochMs, perTarget: number): Promise<DueLane[]> {
    const fronts = this.#knex('event_delivery')
      .select('lane')
      .min({ seq: 'event_seq' })
      .where({ engine: this.#engine, state: 'waiting' })
      .groupBy('lane')
      .as('front');
    const ranked = this.#knex('event_delivery as delivery')
      .join(fronts, join =>
        join
          .on('delivery.lane', 'front.lane')
          .andOn('delivery.event_seq', 'front.seq'),
      )
      .where('delivery.state', 'waiting')
      .where('delivery.next_attempt_at', '<=', now)
      .select(
        'delivery.lane',
        'delivery.target',
        'delivery.next_attempt_at',
        this.#knex.raw(
          'row_number() over (partition by delivery.target order by delivery.next_attempt_at, delivery.event_seq) as place',
        ),
      )
      .as('ranked');
    const rows = await this.#knex
      .select('lane', 'target')
      .from(ranked)
      .where('place', '<=', perTarget)
      .orderBy('next_attempt_at');
    return rows.map(row => ({
      lane: String(row.lane),
      target: String(row.target),
    }));
  }

  /** The first waiting delivery of a lane, when it is due. */
  async front(lane: string, now: EpochMs): Promise<Delivery | undefined> {
    const row = await this.#knex('event_delivery as delivery')
      .join('event_inbox as event', 'event.seq', 'delivery.event_seq')
      .where({
        'delivery.engine': this.#engine,
        'delivery.lane': lane,
        'delivery.state': 'waiting',
      })
      .orderBy('delivery.event_seq')
      .select('delivery.*', 'event.body', 'event.type', 'event.event_id')
      .first();
    return row === undefined || Number(row.next_attempt_at) > now
      ? undefined
      : deliveryFromRow(row);
  }

  /**
   * Notes an attempt before it is made, so that one that ends with the process counts too, and is
   * known to have been made.
   *
   * @param retryAt - when to try again if nothing is heard of this attempt
   * @returns false when there is nothing left to attempt
   */
  async begin(
    { id }: Delivery,
    retryAt: EpochMs,
    checkLease: (transaction: Knex.Transaction) => Promise<void>,
  ): Promise<boolean> {
    return this.#knex.transaction(async transaction => {
      await checkLease(transaction);
      const begun = await transaction('event_delivery')
        .where({ id, state: 'waiting' })
        .update({
          attempts: transaction.raw('attempts + 1'),
          next_attempt_at: retryAt,
          may_have_arrived: true,
        });
      return begun > 0;
    });
  }

  async delivered({ id }: Delivery, now: EpochMs): Promise<void> {
    await this.#knex('event_delivery')
      .where('id', id)
      .update({ state: 'delivered', delivered_at: now, last_error: null });
  }

  async postponed(
    delivery: Delivery,
    failure: FailedAttempt,
    retryAt: EpochMs,
  ): Promise<void> {
    await this.#failed(delivery, failure, { next_attempt_at: retryAt });
  }

  /** Gives a delivery up; those behind it in its lane are free. */
  async parked(delivery: Delivery, failure: FailedAttempt): Promise<void> {
    await this.#failed(delivery, failure, { state: 'undeliverable' });
  }

  async #failed(
    { id, attempts }: Delivery,
    { message, weight, mayHaveArrived }: FailedAttempt,
    change: Record<string, string | number>,
  ): Promise<void> {
    await this.#knex('event_delivery')
      // Of a later attempt an earlier one says nothing.
      .where({ id, state: 'waiting', attempts: attempts + 1 })
      .update({
        ...change,
        refusals: this.#knex.raw('refusals + ?', [weight]),
        may_have_arrived: mayHaveArrived,
        last_error: shortened(message, ERROR_LIMIT),
      });
  }

  /** Deletes some of what ended before the given times, and events without deliveries. */
  async deleteExpired(
    before: { delivered: EpochMs; undeliverable: EpochMs },
    limit: number,
  ): Promise<number> {
    const ended = this.#knex('event_delivery')
      .select('id')
      .where('engine', this.#engine)
      .where(either =>
        either
          .where(delivered =>
            delivered
              .where('state', 'delivered')
              .where('delivered_at', '<', before.delivered),
          )
          .orWhere(parked =>
            parked
              .where('state', 'undeliverable')
              .where('next_attempt_at', '<', before.undeliverable),
          ),
      )
      .limit(limit);
    const deleted = await this.#knex('event_delivery')
      .whereIn('id', ended)
      .delete();
    await this.#knex('event_inbox')
      .where('engine', this.#engine)
      .where('received_at', '<', before.delivered)
      .whereNotExists(deliveries =>
        deliveries
          .select(1)
          .from('event_delivery')
          .whereRaw('event_delivery.event_seq = event_inbox.seq'),
      )
      .delete();
    return deleted;
  }
}

function deliveryFromRow(row: Record<string, unknown>): Delivery {
  return {
    id: String(row.id),
    eventId: String(row.event_id),
    type: String(row.type),
    lane: String(row.lane),
    target: String(row.target),
    workflowId: String(row.workflow_id),
    version: textOf(row.workflow_version),
    // It was checked before it was stored.
    event: JSON.parse(String(row.body)) as CloudEvent,
    attempts: Number(row.attempts),
    // In quarters of a refusal.
    weight: Number(row.refusals),
    // SQLite has numbers for it.
    mayHaveArrived: Boolean(row.may_have_arrived),
    waitingSince: Number(row.waiting_since),
  };
}
