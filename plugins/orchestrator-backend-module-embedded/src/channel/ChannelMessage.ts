/** What the portal sends. */
export type PortalMessage =
  | { orchestrator: 'request'; id: number; method: string; params: unknown }
  | { orchestrator: 'cancel'; id: number };

/** What the engine process sends. */
export type EngineMessage =
  | { orchestrator: 'reply'; id: number; result?: unknown }
  | { orchestrator: 'failure'; id: number; failure: Failure }
  | { orchestrator: 'event'; name: string; payload: unknown };

/** An error on its way through the channel. */
export interface Failure {
  code: FailureCode;
  message: string;
}

/** `failed` is everything that has no code of its own. */
export type FailureCode = 'not-found' | 'refused' | 'failed';

/** Thrown in the engine process to be told apart by the portal. */
export class EngineFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = 'EngineFailure';
    this.code = code;
  }
}

/**
 * True for messages of this channel. Others may use the same pipe: the TypeScript transform of the
 * development server, for one, reports the files that a process loaded.
 */
export function isChannelMessage(
  message: unknown,
): message is PortalMessage | EngineMessage {
  return (
    typeof message === 'object' && message !== null && 'orchestrator' in message
  );
}
