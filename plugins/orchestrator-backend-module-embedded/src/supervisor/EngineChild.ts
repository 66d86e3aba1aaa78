import { ChannelPort } from '../channel';

/** One engine process, running or ended. */
export interface EngineChild {
  readonly port: ChannelPort;
  /** Resolves with the reason in words once the process has ended. */
  readonly ended: Promise<string>;
  /** Ends the process at once. */
  kill(): void;
}

/** Starts an engine process. */
export type SpawnEngine = () => EngineChild;
