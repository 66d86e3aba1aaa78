import type { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import type { EngineEvents, GatheringPort } from '../channel';
import { saySame } from '../channel';

/** Changes of one instance within this time become one message. */
const GATHER_MS = 10;
/** `sysout` lines a second; a workflow that goes round must not fill the portal's log. */
const MAX_LOGS = 100;
const LOG_WINDOW_MS = 1_000;
const MAX_LOG_CHARACTERS = 10_000;

/** What the engine process tells the portal without being asked. */
export class Outbox {
  readonly #port: Pick<GatheringPort, 'send' | 'flush'>;
  /** The last summary told, to tell nothing twice. */
  readonly #told = new Map<string, EngineInstanceSummary>();
  readonly #changed = new Map<string, EngineInstanceSummary>();
  #timer: NodeJS.Timeout | undefined;
  #logs = 0;
  #logWindowEnd = 0;

  private constructor(port: Pick<GatheringPort, 'send' | 'flush'>) {
    this.#port = port;
  }

  static create(port: Pick<GatheringPort, 'send' | 'flush'>): Outbox {
    return new Outbox(port);
  }

  /** Resolves when the message has left this process. */
  async tell<K extends keyof EngineEvents>(
    name: K,
    payload: EngineEvents[K],
  ): Promise<void> {
    // When the portal is gone this process is about to end as well.
    await this.#port
      .send({ orchestrator: 'event', name, payload })
      .catch(() => {});
  }

  /** As `tell`, before anything that follows can end this process. */
  async tellAtOnce<K extends keyof EngineEvents>(
    name: K,
    payload: EngineEvents[K],
  ): Promise<void> {
    const told = this.tell(name, payload);
    this.#port.flush();
    await told;
  }

  /**
   * @param isExpected - the portal waits for the instance to start; others are told at once when they
   * are new, so that they are known even if they end this process
   */
  changed(summary: EngineInstanceSummary, isExpected: boolean): void {
    const id = summary.engineInstanceId;
    this.#changed.set(id, summary);
    if (!this.#told.has(id) && !isExpected) {
      this.flush();
      this.#port.flush();
    } else {
      this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
    }
  }

  /** Tells what has gathered. */
  flush(): void {
    if (this.#changed.size === 0) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const summaries = [...this.#changed.values()].filter(summary => {
      const told = this.#told.get(summary.engineInstanceId);
      this.#told.set(summary.engineInstanceId, summary);
      return !told || !saySame(told, summary);
    });
    this.#changed.clear();
    if (summaries.length > 0) {
      void this.tell('changed', { summaries });
    }
  }

  evicted(ids: string[]): void {
    this.flush();
    ids.forEach(id => this.#told.delete(id));
    void this.tell('evicted', { ids });
  }

  /** Prints one line, whatever a workflow wants printed. */
  log(level: EngineEvents['log']['level'], message: string): void {
    const now = performance.now();
    if (now > this.#logWindowEnd) {
      this.#logs = 0;
      this.#logWindowEnd = now + LOG_WINDOW_MS;
    }
    this.#logs += 1;
    if (this.#logs < MAX_LOGS) {
      void this.tell('log', { level, message: onOneLine(message) });
    } else if (this.#logs === MAX_LOGS) {
      void this.tell('log', {
        level: 'warn',
        message: 'Workflows print too much; some lines are left out.',
      });
    }
  }
}

/** Line breaks, and what steers a terminal, are written out, so that no workflow forges a line. */
function onOneLine(message: string): string {
  return message
    .slice(0, MAX_LOG_CHARACTERS)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, character =>
      character === '\n' ? '\\n' : `\\u${hexOf(character)}`,
    );
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
