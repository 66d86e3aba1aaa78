import { InstanceEvent } from '../interpreter/core/InstanceEvent';
import { Instance } from './Instance';
import { Turn } from './Turn';

/** Hands events to instances, one after the other, also those that come up on the way. */
export class EventQueue {
  readonly #dispatch: (instance: Instance, event: InstanceEvent) => void;
  readonly #queue: [Instance, InstanceEvent][] = [];
  readonly #turnMs: number;
  #isPumping = false;
  #isStopped = false;

  constructor(
    turnMs: number,
    dispatch: (instance: Instance, event: InstanceEvent) => void,
  ) {
    this.#turnMs = turnMs;
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

  /** One that only continues a long way through a workflow ends the turn. */
  #pump(): void {
    this.#isPumping = true;
    const turn = Turn.begin(this.#turnMs);
    do {
      const next = this.#queue.shift();
      if (!next || this.#isStopped) {
        this.#isPumping = false;
        return;
      }
      this.#dispatch(...next);
      if (next[1].type === 'continue') {
        break;
      }
    } while (!turn.isOver);
    setTimeout(() => this.#pump(), 0);
  }
}
