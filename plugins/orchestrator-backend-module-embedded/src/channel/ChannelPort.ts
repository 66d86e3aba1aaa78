/** One end of the connection between the portal and the engine process. */
export interface ChannelPort {
  /** Resolves once the message has left; rejects when the other side is gone. */
  send(message: unknown): Promise<void>;
  /** There is one listener; messages from before it was set are lost. */
  onMessage(listener: (message: unknown) => void): void;
}
