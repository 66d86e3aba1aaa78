import { InputError } from '@backstage/errors';
import {
  EventStatus,
  UndeliveredEvent,
  UndeliveredEventList,
  UndeliveredEventQuery,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Knex } from 'knex';
import { EpochMs, isoTime, numberOf, textOf } from '../database';
import { defined } from '../defined';
import { withoutCredentials } from '../withoutCredentials';
import { EventTargetPlan } from './eventTargets';

const HOUR_MS = 60 * 60 * 1000;

/** A delivery as far as its redelivery needs it. */
export interface ParkedDelivery {
  id: string;
  state: string;
  type: string;
  target: string;
  /** Deliveries of the same event to other targets that arrived, or may arrive. */
  others: number;
}

/** A delivery to let go again, and how its target is reached by now; left out, as before. */
export interface Release {
  id: string;
  plan?: EventTargetPlan;
}

/** What of the inbox has not been delivered. */
export class UndeliveredEvents {
  readonly #knex: Knex;
  readonly #engine: string;

  static create(options: { knex: Knex; engine: string }): UndeliveredEvents {
    return new UndeliveredEvents(options.knex, options.engine);
  }

  private constructor(knex: Knex, engine: string) {
    this.#knex = knex;
    this.#engine = engine;
  }

  /** One page, the newest first. */
  async page({
    limit = 25,
    cursor,
    state,
  }: UndeliveredEventQuery): Promise<UndeliveredEventList> {
    const query = this.#knex('event_delivery as delivery')
      .join('event_inbox as event', 'event.seq', 'delivery.event_seq')
      .where('delivery.engine', this.#engine)
      .whereIn(
        'delivery.state',
        state === undefined ? ['waiting', 'undeliverable'] : [state],
      )
      .orderBy('delivery.event_seq', 'desc')
      .orderBy('delivery.id', 'desc')
      .limit(limit + 1)
      .select(
        'delivery.*',
        'event.event_id',
        'event.source',
        'event.type',
        'event.subject',
        'event.received_at',
      );
    if (cursor !== undefined) {
      const { seq, id } = placeOf(cursor);
      query.where(after =>
        after
          .where('delivery.event_seq', '<', seq)
          .orWhere(same =>
            same.where('delivery.event_seq', seq).where('delivery.id', '<', id),
          ),
      );
    }
    const rows: Record<string, unknown>[] = await query;
    const last = rows.at(limit - 1);
    return defined({
      items: rows.slice(0, limit).map(viewOf),
      nextCursor:
        rows.length > limit && last
          ? Buffer.from(`${last.event_seq}:${last.id}`).toString('base64url')
          : undefined,
    });
  }

  /** The deliveries with an id, their own or that of their event. */
  async find(id: string): Promise<ParkedDelivery[]> {
    const rows: Record<string, unknown>[] = await this.#knex(
      'event_delivery as delivery',
    )
      .join('event_inbox as event', 'event.seq', 'delivery.event_seq')
      .where('delivery.engine', this.#engine)
      .where(either => either.where('delivery.id', id).orWhere('event.id', id))
      .select(
        'delivery.id',
        'delivery.state',
        'delivery.target',
        'event.type',
        {
          others: this.#knex('event_delivery as other')
            .whereRaw('other.event_seq = delivery.event_seq')
            .whereRaw('other.id <> delivery.id')
            .where(arriving =>
              arriving
                .whereNot('other.state', 'undeliverable')
                .orWhere('other.may_have_arrived', true),
            )
            .count('*'),
        },
      );
    return rows.map(row => ({
      id: String(row.id),
      state: String(row.state),
      type: String(row.type),
      target: String(row.target),
      others: Number(row.others),
    }));
  }

  /** Lets deliveries that were given up wait again, as new ones; tells how many. */
  async release(releases: readonly Release[], now: EpochMs): Promise<number> {
    return this.#knex.transaction(async transaction => {
      let released = 0;
      for (const { id, plan } of releases) {
        released += await transaction('event_delivery')
          .where({ id, state: 'undeliverable' })
          .update({
            state: 'waiting',
            attempts: 0,
            refusals: 0,
            waiting_since: now,
            next_attempt_at: now,
            ...(plan && {
              target_name: plan.name,
              workflow_id: plan.workflowId,
              workflow_version: plan.version ?? null,
            }),
          });
      }
      return released;
    });
  }

  /** Numbers for administrators. */
  async status(now: EpochMs): Promise<EventStatus> {
    const count = (state: string) =>
      this.#knex('event_delivery')
        .where({ engine: this.#engine, state })
        .count('*');
    const [row] = await this.#knex.select({
      waiting: count('waiting'),
      undeliverable: count('undeliverable'),
      delivered: count('delivered').where('delivered_at', '>=', now - HOUR_MS),
      oldest: this.#knex('event_delivery')
        .where({ engine: this.#engine, state: 'waiting' })
        .min('waiting_since'),
    });
    return defined({
      waiting: numberOf(row.waiting) ?? 0,
      undeliverable: numberOf(row.undeliverable) ?? 0,
      deliveredLastHour: numberOf(row.delivered) ?? 0,
      oldestWaitingAt: isoTime(numberOf(row.oldest)),
    });
  }
}

function viewOf(row: Record<string, unknown>): UndeliveredEvent {
  const isWaiting = row.state === 'waiting';
  return defined({
    id: String(row.id),
    eventId: String(row.event_id),
    source: String(row.source),
    type: String(row.type),
    subject: textOf(row.subject),
    target: String(row.target_name),
    state: isWaiting ? 'waiting' : 'undeliverable',
    attempts: Number(row.attempts),
    mayHaveArrived: Boolean(row.may_have_arrived),
    lastError: withoutCredentials(textOf(row.last_error) ?? '') || undefined,
    receivedAt: isoTime(Number(row.received_at)),
    nextAttemptAt: isWaiting ? isoTime(Number(row.next_attempt_at)) : undefined,
    sender: String(row.sender),
  });
}

function placeOf(cursor: string): { seq: number; id: string } {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const place = /^(\d{1,15}):([\w-]{1,64})$/.exec(text);
  if (!place) {
    throw new InputError('The cursor is none that this list gave.');
  }
  return { seq: Number(place[1]), id: place[2] };
}
