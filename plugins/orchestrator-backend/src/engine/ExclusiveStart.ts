import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EventInbox } from '../events';
import { FeedState, Lease } from '../feed';
import { InstanceWriter, WorkflowStore } from '../store';

const RETRY_MS = 500;

/** How often the lease is renewed until the feed does so; a sixth of its expiry. */
const RENEW_MS = 1_000;

interface ExclusiveStartOptions {
  engine: WorkflowEngine;
  lease: Lease;
  writer: InstanceWriter;
  workflows: WorkflowStore;
  inbox: EventInbox;
  state: FeedState;
  /** After which silence a predecessor that was killed has lost its lease. */
  expiryMs: number;
}

/**
 * Makes room for a dev engine: it lives in one process only, and what is stored of its earlier
 * starts is gone with them.
 */
export class ExclusiveStart {
  readonly #options: ExclusiveStartOptions;
  #renewing: NodeJS.Timeout | undefined;

  static create(options: ExclusiveStartOptions): ExclusiveStart {
    return new ExclusiveStart(options);
  }

  private constructor(options: ExclusiveStartOptions) {
    this.#options = options;
  }

  /**
   * Takes the lease, and keeps it however long the engine and the rest of the portal take to start.
   *
   * @throws Error when another process runs a dev engine on the same database
   */
  async prepare(): Promise<void> {
    const { engine, writer, workflows, inbox, state } = this.#options;
    if (engine.mode !== 'dev') {
      return;
    }
    await this.#acquire();
    this.#renewing = setInterval(() => {
      // Should none succeed the lease is lost, which the feed finds out.
      this.#options.lease.acquire().catch(() => {});
    }, RENEW_MS).unref();
    await writer.deleteAll();
    await workflows.deleteAll();
    await inbox.deleteAll();
    await state.reset();
  }

  /** From here on the feed renews the lease, or nobody. */
  handOver(): void {
    clearInterval(this.#renewing);
  }

  async #acquire() {
    const { engine, lease, expiryMs } = this.#options;
    const deadline = Date.now() + expiryMs + RETRY_MS;
    while (!(await lease.acquire())) {
      if (Date.now() > deadline) {
        throw new Error(
          `The engine "${engine.id}" serves one backend process only, and another one uses the same database: stop it, or give this one a database of its own.`,
        );
      }
      await new Promise(resolve => {
        setTimeout(resolve, RETRY_MS);
      });
    }
  }
}
