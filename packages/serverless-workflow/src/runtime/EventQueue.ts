import { InstanceEvent } from '../interpreter/core/InstanceEvent';
import { Instance } from './Instance';

/**
 * Events that are worked through before others have their turn. One that only continues a long way
 * through a workflow ends the turn.
 */
const EVENTS_PER_TURN = 500;

/** Hands events to instances, one after the other, also those that come up on the way. */
export class EventQueue {
  readonly #dispatch: (instance: Instance, event: InstanceEvent) => void;
  readonly #queue: [Instance, InstanceEvent][] = [];
  #isPumping = false;
  #isStopped = false;

  constructor(dispatch: (instance: Instance, event: InstanceEvent) => void) {
    this.#dispatch = dispatch;
  }

  /** Adds an event, and works through the queue unless that is being done already. */
  post(instance: Instance, event: InstanceEvent): void {
    this.add(instance, event);
    if (!this.#isPumping) {
      this.#pump();
    }
  }

  /** Adds an event from within a dispatch. */
  add(instance: Instance, event: InstanceEvent): void {
    this.#queue.push([instance, event]);
  }

  /** Adds an event before all others from within a dispatch. */
  addFirst(instance: Instance, event: InstanceEvent): void {
    this.#queue.unshift([instance, event]);
  }

  stop(): void {
    this.#isStopped = true;
    this.#queue.length = 0;
  }

  #pump(): void {
    this.#isPumping = true;
    for (let turn = 0; turn < EVENTS_PER_TURN; turn++) {
      const next = this.#queue.shift();
      if (!next || this.#isStopped) {
        this.#isPumping = false;
        return;
      }
      this.#dispatch(...next);
      if (next[1].type === 'continue') {
        break;
      }
    }
    setTimeout(() => this.#pump(), 0);
  }
}
