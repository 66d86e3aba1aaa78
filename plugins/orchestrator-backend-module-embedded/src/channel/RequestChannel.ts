import { ChannelPort } from './ChannelPort';
import {
  EngineFailure,
  EngineMessage,
  isChannelMessage,
  PortalMessage,
} from './ChannelMessage';

/** Functions that the other side serves, each with one parameter object. */
export type MethodMap<M> = { [K in keyof M]: (params: never) => unknown };

/** What a method of a {@link MethodMap} takes. */
export type ParamsOf<M extends MethodMap<M>, K extends keyof M> = Parameters<
  M[K]
>[0];

/** What a method of a {@link MethodMap} gives. */
export type ResultOf<M extends MethodMap<M>, K extends keyof M> = Awaited<
  ReturnType<M[K]>
>;

export interface RequestOptions {
  /** Ends the wait with the signal's reason and tells the other side. */
  signal?: AbortSignal;
  /** Ends the wait with {@link RequestTimeoutError}; without it a request may take for ever. */
  timeoutMs?: number;
}

/** The other side did not answer in time. */
export class RequestTimeoutError extends Error {
  name = 'RequestTimeoutError';
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** The asking end of a channel: requests with an answer each, and events of the other side. */
export class RequestChannel<M extends MethodMap<M>> {
  readonly #port: ChannelPort;
  readonly #onEvent: (name: string, payload: unknown) => void;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #closed: Error | undefined;

  private constructor(
    port: ChannelPort,
    onEvent: (name: string, payload: unknown) => void,
  ) {
    this.#port = port;
    this.#onEvent = onEvent;
  }

  static open<M extends MethodMap<M>>(
    port: ChannelPort,
    onEvent: (name: string, payload: unknown) => void,
  ): RequestChannel<M> {
    const channel = new RequestChannel<M>(port, onEvent);
    port.onMessage(message => channel.#receive(message));
    return channel;
  }

  /** Rejects with {@link EngineFailure} when the other side answers with an error. */
  async request<K extends keyof M & string>(
    method: K,
    params: ParamsOf<M, K>,
    options: RequestOptions = {},
  ): Promise<ResultOf<M, K>> {
    options.signal?.throwIfAborted();
    if (this.#closed) {
      throw this.#closed;
    }
    this.#lastId += 1;
    const id = this.#lastId;
    const forget: (() => void)[] = [];
    try {
      return (await new Promise((resolve, reject) => {
        this.#pending.set(id, { resolve, reject });
        forget.push(...this.#limits(id, method, options, reject));
        this.#send({ orchestrator: 'request', id, method, params }, reject);
      })) as ResultOf<M, K>;
    } finally {
      this.#pending.delete(id);
      forget.forEach(undo => undo());
    }
  }

  /** Rejects everything that is pending and all that follows; later messages are ignored. */
  close(error: Error): void {
    this.#closed ??= error;
    for (const pending of [...this.#pending.values()]) {
      pending.reject(this.#closed);
    }
  }

  #limits(
    id: number,
    method: string,
    { signal, timeoutMs }: RequestOptions,
    reject: (error: unknown) => void,
  ): (() => void)[] {
    const cancel = (error: unknown) => {
      this.#send({ orchestrator: 'cancel', id }, () => {});
      reject(error);
    };
    const undo: (() => void)[] = [];
    if (signal) {
      const onAbort = () => cancel(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      undo.push(() => signal.removeEventListener('abort', onAbort));
    }
    if (timeoutMs !== undefined) {
      const timer = setTimeout(
        () =>
          cancel(
            new RequestTimeoutError(
              `No answer to ${method} in ${timeoutMs} ms.`,
            ),
          ),
        timeoutMs,
      );
      undo.push(() => clearTimeout(timer));
    }
    return undo;
  }

  #send(message: PortalMessage, onFailure: (error: unknown) => void): void {
    this.#port.send(message).catch(onFailure);
  }

  #receive(message: unknown): void {
    if (this.#closed || !isChannelMessage(message)) {
      return;
    }
    const received = message as EngineMessage;
    switch (received.orchestrator) {
      case 'reply':
        this.#pending.get(received.id)?.resolve(received.result);
        break;
      case 'failure':
        this.#pending
          .get(received.id)
          ?.reject(
            new EngineFailure(received.failure.code, received.failure.message),
          );
        break;
      case 'event':
        this.#onEvent(received.name, received.payload);
        break;
      default:
    }
  }
}
