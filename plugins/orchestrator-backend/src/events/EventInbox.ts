import { CloudEvent } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import { EpochMs, lockUntilEnd, numberOf } from '../database';
import { EventTargetPlan } from './eventTargets';

/** An event to be stored, with where it must go. */
export interface IncomingEvent {
  event: CloudEvent;
  targets: readonly EventTargetPlan[];
}

/** A stored event. */
export interface TakenEvent {
  id: string;
  eventId: string;
  source: string;
  /** True when the sender had sent it before: nothing was stored. */
  duplicate: boolean;
}

/** Keeps the events that were taken until they are delivered, and a while longer to know them again. */
export class EventInbox {
  readonly #knex: Knex;
  readonly #engine: string;

  static create(options: { knex: Knex; engine: string }): EventInbox {
    return new EventInbox(options.knex, options.engine);
  }

  private constructor(knex: Knex, engine: string) {
    this.#knex = knex;
    this.#engine = engine;
  }

  /** Stores all of the events, or none. */
  async take(
    events: readonly IncomingEvent[],
    sender: string,
    now: EpochMs,
  ): Promise<TakenEvent[]> {
    return this.#knex.transaction(async transaction => {
      // Two batches that hold the same events in another order would wait for each other.
      await lockUntilEnd(transaction, 'event_inbox', this.#engine, sender);
      const taken: TakenEvent[] = [];
      for (const incoming of events) {
        taken.push(await this.#takeOne(transaction, incoming, sender, now));
      }
      return taken;
    });
  }

  /** Deliveries of a sender that wait, counted up to a limit. */
  async waitingOf(sender: string, limit: number): Promise<number> {
    const waiting = this.#knex('event_delivery')
      .select('id')
      .where({ engine: this.#engine, sender, state: 'waiting' })
      .limit(limit)
      .as('waiting');
    const [row] = await this.#knex.from(waiting).count({ count: '*' });
    return numberOf(row.count) ?? 0;
  }

  /** Deletes everything: an engine that forgets its instances can't tell a repetition either. */
  async deleteAll(): Promise<void> {
    await this.#knex('event_delivery').where('engine', this.#engine).delete();
    await this.#knex('event_inbox').where('engine', this.#engine).delete();
  }

  async #takeOne(
    transaction: Knex.Transaction,
    { event, targets }: IncomingEvent,
    sender: string,
    now: EpochMs,
  ): Promise<TakenEvent> {
    const { id: eventId, source, type, subject } = event;
    const key = { engine: this.#engine, sender, source, event_id: eventId };
    const id = randomUUID();
    const [inserted] = await transaction('event_inbox')
      .insert({
        ...key,
        id,
        type,
        subject: subject ?? null,
        body: JSON.stringify(event),
        received_at: now,
      })
      .onConflict(['engine', 'sender', 'source', 'event_id'])
      .ignore()
      .returning('seq');
    if (!inserted) {
      const earlier = await transaction('event_inbox').where(key).first('id');
      return { id: String(earlier.id), eventId, source, duplicate: true };
    }
    await transaction('event_delivery').insert(
      targets.map(({ target, name, workflowId, version }) => ({
        id: randomUUID(),
        event_seq: inserted.seq,
        engine: this.#engine,
        sender,
        lane: laneOf(sender, source, subject, target),
        target,
        target_name: name,
        workflow_id: workflowId,
        workflow_version: version ?? null,
        state: 'waiting',
        waiting_since: now,
        next_attempt_at: now,
      })),
    );
    return { id, eventId, source, duplicate: false };
  }
}

/** Where order holds. The sender belongs to it: nobody can hold up another's events. */
function laneOf(...parts: (string | undefined)[]): string {
  const names = parts.map(part => part ?? null);
  return createHash('sha256').update(JSON.stringify(names)).digest('base64url');
}
