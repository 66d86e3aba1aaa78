import type { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import type { ChannelPort, EngineEvents } from '../channel';

/** Changes of one instance within this time become one message. */
const GATHER_MS = 10;
/** `sysout` lines a second; a workflow that goes round must not fill the portal's log. */
const MAX_LOGS = 100;
const LOG_WINDOW_MS = 1_000;

/** What the engine process tells the portal without being asked. */
export class Outbox {
  readonly #port: ChannelPort;
  /** The last summary told, as text, to tell nothing twice. */
  readonly #told = new Map<string, string>();
  readonly #changed = new Map<string, EngineInstanceSummary>();
  #timer: NodeJS.Timeout | undefined;
  #logs = 0;
  #logWindowEnd = 0;

  private constructor(port: ChannelPort) {
    this.#port = port;
  }

  static create(port: ChannelPort): Outbox {
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

  /** A new instance is told at once, so that it is known even if it ends this process. */
  changed(summary: EngineInstanceSummary): void {
    const id = summary.engineInstanceId;
    this.#changed.set(id, summary);
    if (!this.#told.has(id)) {
      this.flush();
    } else {
      this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
    }
  }

  /** Tells what has gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const summaries = [...this.#changed.values()].filter(summary => {
      const text = JSON.stringify(summary);
      const isNews = this.#told.get(summary.engineInstanceId) !== text;
      this.#told.set(summary.engineInstanceId, text);
      return isNews;
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

  log(level: EngineEvents['log']['level'], message: string): void {
    const now = performance.now();
    if (now > this.#logWindowEnd) {
      this.#logs = 0;
      this.#logWindowEnd = now + LOG_WINDOW_MS;
    }
    this.#logs += 1;
    if (this.#logs < MAX_LOGS) {
      void this.tell('log', { level, message });
    } else if (this.#logs === MAX_LOGS) {
      void this.tell('log', {
        level: 'warn',
        message: 'Workflows print too much; some lines are left out.',
      });
    }
  }
}
