import type { EngineEvents, EngineMethods } from '../channel';
import { GatheringPort, RequestChannel } from '../channel';
import { HEARTBEAT_MS } from '../channel/heartbeat';
import { EngineChild } from './EngineChild';

/** The engine process ended before it answered. */
export class EngineLostError extends Error {
  name = 'EngineLostError';
}

/** Called for each event of the process. */
export type EngineListener = <K extends keyof EngineEvents>(
  name: K,
  payload: EngineEvents[K],
) => void;

export interface EngineProcessOptions {
  child: EngineChild;
  onEvent: EngineListener;
  /** Called with the reason when the process has ended, before pending requests are rejected. */
  onEnd: (reason: string) => void;
}

/**
 * Silent beats after which the process counts as hung; longer than any budgeted piece of work.
 * Beats are counted instead of time, so that a machine that slept kills nothing.
 */
const SILENT_BEATS = 15;

/** One engine process with the channel to it; ended when it hangs. */
export class EngineProcess {
  readonly channel: RequestChannel<EngineMethods>;
  /** Resolves after `onEnd` was called. */
  readonly ended: Promise<void>;
  readonly #child: EngineChild;
  readonly #watch: NodeJS.Timeout;
  #silentBeats = 0;
  #killedFor: string | undefined;

  private constructor({ child, onEvent, onEnd }: EngineProcessOptions) {
    this.#child = child;
    this.channel = RequestChannel.open<EngineMethods>(
      GatheringPort.create(child.port),
      (name, payload) => {
        this.#silentBeats = 0;
        // The other end is this package's own code, built together with this one.
        onEvent(name as keyof EngineEvents, payload as never);
      },
    );
    this.#watch = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.ended = child.ended.then(reason => {
      clearInterval(this.#watch);
      onEnd(this.#killedFor ?? reason);
      this.channel.close(
        new EngineLostError(
          `The engine process ended: ${this.#killedFor ?? reason}.`,
        ),
      );
    });
  }

  static watch(options: EngineProcessOptions): EngineProcess {
    return new EngineProcess(options);
  }

  kill(reason: string): void {
    this.#killedFor ??= reason;
    this.#child.kill();
  }

  #beat(): void {
    this.#silentBeats += 1;
    if (this.#silentBeats > SILENT_BEATS) {
      this.kill(`it did not respond for ${SILENT_BEATS} seconds`);
    }
  }
}
