import { ChannelPort } from './ChannelPort';

/** Nothing is held back, and nobody else kept waiting, for longer than this. */
const LONGEST_TURN_MS = 5;

interface Batch {
  messages: unknown[];
  begunAt: number;
  /** Settles as the sending does. */
  sent: Promise<void>;
  send: () => void;
}

/**
 * Sends what one turn of the event loop makes as one message, because writing to the pipe costs far
 * more than what is written. The other end has to be one of these as well. Messages keep their order.
 */
export class GatheringPort implements ChannelPort {
  readonly #port: ChannelPort;
  #batch: Batch | undefined;
  #received: unknown[] = [];
  #isReading = false;

  private constructor(port: ChannelPort) {
    this.#port = port;
  }

  static create(port: ChannelPort): GatheringPort {
    return new GatheringPort(port);
  }

  send(message: unknown): Promise<void> {
    this.#batch ??= this.#begin();
    const { messages, begunAt, sent } = this.#batch;
    messages.push(message);
    if (performance.now() - begunAt > LONGEST_TURN_MS) {
      this.flush();
    }
    return sent;
  }

  /** Sends at once what has gathered. */
  flush(): void {
    const batch = this.#batch;
    this.#batch = undefined;
    batch?.send();
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#port.onMessage(received => {
      this.#received.push(...(Array.isArray(received) ? received : [received]));
      if (!this.#isReading) {
        this.#read(listener);
      }
    });
  }

  #begin(): Batch {
    const messages: unknown[] = [];
    let send = () => {};
    const sent = new Promise<void>((resolve, reject) => {
      send = () => {
        this.#port.send(messages).then(resolve, reject);
      };
    });
    process.nextTick(() => {
      if (this.#batch?.messages === messages) {
        this.flush();
      }
    });
    return { messages, begunAt: performance.now(), sent, send };
  }

  /** Gives the event loop a turn in between when there is much to read. */
  #read(listener: (message: unknown) => void): void {
    const begunAt = performance.now();
    const messages = this.#received;
    let next = 0;
    this.#isReading = true;
    try {
      while (
        next < messages.length &&
        performance.now() - begunAt <= LONGEST_TURN_MS
      ) {
        next += 1;
        listener(messages[next - 1]);
      }
    } finally {
      this.#received = messages.slice(next);
      this.#isReading = this.#received.length > 0;
      if (this.#isReading) {
        setImmediate(() => this.#read(listener));
      }
    }
  }
}
