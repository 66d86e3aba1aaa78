import {
  EngineFailure,
  EngineMessage,
  Failure,
  isChannelMessage,
  PortalMessage,
} from './ChannelMessage';
import { ChannelPort } from './ChannelPort';
import { MethodMap } from './RequestChannel';

/** Given to each method along with its parameters. */
export interface ServedCall {
  /** Aborted when the asking side no longer waits. */
  signal: AbortSignal;
}

/** The methods of a {@link MethodMap} as the serving end implements them. */
export type Served<M extends MethodMap<M>> = {
  [K in keyof M]: (
    params: Parameters<M[K]>[0],
    call: ServedCall,
  ) => ReturnType<M[K]> | Promise<Awaited<ReturnType<M[K]>>>;
};

/**
 * The answering end of a channel. Requests may overlap. `beforeReply` runs before each answer is
 * sent, so that what led to an answer can be told first.
 */
export function serveRequests<M extends MethodMap<M>>(
  port: ChannelPort,
  methods: Served<M>,
  beforeReply: () => void,
): void {
  const running = new Map<number, AbortController>();

  async function answer(
    request: PortalMessage & { orchestrator: 'request' },
  ): Promise<void> {
    const controller = new AbortController();
    running.set(request.id, controller);
    const reply = await outcome(methods, request, controller.signal);
    running.delete(request.id);
    beforeReply();
    // The portal is gone when this fails; the process is about to end then.
    await port.send(reply).catch(() => {});
  }

  port.onMessage(message => {
    if (!isChannelMessage(message)) {
      return;
    }
    if (message.orchestrator === 'request') {
      void answer(message);
    } else if (message.orchestrator === 'cancel') {
      running.get(message.id)?.abort();
    }
  });
}

async function outcome<M extends MethodMap<M>>(
  methods: Served<M>,
  request: PortalMessage & { orchestrator: 'request' },
  signal: AbortSignal,
): Promise<EngineMessage> {
  const { id, method, params } = request;
  try {
    if (!Object.hasOwn(methods, method)) {
      throw new Error(`The engine process has no method ${method}.`);
    }
    const result = await methods[method as keyof M](params as never, {
      signal,
    });
    return { orchestrator: 'reply', id, result };
  } catch (error) {
    return { orchestrator: 'failure', id, failure: failureOf(error) };
  }
}

function failureOf(error: unknown): Failure {
  return {
    code: error instanceof EngineFailure ? error.code : 'failed',
    message: error instanceof Error ? error.message : String(error),
  };
}
