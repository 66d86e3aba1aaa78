import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, stringifyError } from '@backstage/errors';
import {
  administerPermission,
  Deployment,
  OrchestratorMode,
  OrchestratorStatus,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { Authorizer } from '../authorization';
import { EpochMs, isoTime, numberOf } from '../database';
import { defined } from '../defined';
import { UndeliveredEvents } from '../events';
import { FeedState, FreshnessReader, Lease, LeaseHolder } from '../feed';
import { CallerCredentials } from '../http';
import { whereUnfinished, WorkflowStore } from '../store';
import { withoutCredentials } from '../withoutCredentials';
import { readServices } from './readServices';

/** How long the engine may take. */
const TIMEOUT_MS = 5_000;

interface AdministrationServiceOptions {
  knex: Knex;
  engine: WorkflowEngine;
  authorizer: Authorizer;
  state: FeedState;
  freshness: FreshnessReader;
  workflows: WorkflowStore;
  undelivered: UndeliveredEvents;
  /** Of the feed. */
  lease: Lease;
  logger: LoggerService;
}

/** What administrators see of engine and store. */
export class AdministrationService {
  readonly #options: AdministrationServiceOptions;

  static create(options: AdministrationServiceOptions): AdministrationService {
    return new AdministrationService(options);
  }

  private constructor(options: AdministrationServiceOptions) {
    this.#options = options;
  }

  /** What everyone may know. */
  async mode(): Promise<OrchestratorMode> {
    const { engine } = this.#options;
    const deployment = await engine.deployment?.();
    return defined({
      engine: engine.id,
      mode: engine.mode,
      ephemeral: engine.mode === 'dev',
      capabilities: engine.capabilities,
      folder: deployment?.folder,
      loadErrorCount: deployment?.errorCount,
    });
  }

  /** @throws NotFoundError when the engine has no workflow folder */
  async deployment(credentials: CallerCredentials): Promise<Deployment> {
    const { engine, authorizer } = this.#options;
    await authorizer.requireBasic(administerPermission, credentials);
    const deployment = await engine.deployment?.();
    if (!deployment) {
      throw new NotFoundError(
        `The engine "${engine.id}" loads no workflow folder.`,
      );
    }
    return deployment;
  }

  /** No secret is in it: addresses and errors are told without credentials. */
  async status(credentials: CallerCredentials): Promise<OrchestratorStatus> {
    const { engine, authorizer, workflows, undelivered } = this.#options;
    await authorizer.requireBasic(administerPermission, credentials);
    const now = Date.now();
    return {
      engine: engine.id,
      mode: engine.mode,
      health: await this.#health(),
      feed: await this.#feed(now),
      services: await readServices(workflows),
      events: await undelivered.status(now),
    };
  }

  async #health(): Promise<OrchestratorStatus['health']> {
    const health = await this.#options.engine.health({
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return defined({
      ...health,
      message: health.message && withoutCredentials(health.message),
    });
  }

  /** How much of all that the engine has is read; undefined when it can't tell. */
  async #percent(
    read: number | undefined,
    now: EpochMs,
  ): Promise<number | undefined> {
    const { engine, logger } = this.#options;
    if (read === undefined || !engine.count) {
      return undefined;
    }
    try {
      const total = await engine.count(
        { from: isoTime(0), to: isoTime(now) },
        { signal: AbortSignal.timeout(TIMEOUT_MS) },
      );
      // A page may repeat some of the one before.
      return total
        ? Math.min(100, Math.round((read / total) * 100))
        : undefined;
    } catch (error) {
      logger.debug(
        `The engine can't count its instances: ${stringifyError(error)}`,
      );
      return undefined;
    }
  }

  async #feed(now: EpochMs): Promise<OrchestratorStatus['feed']> {
    const { knex, engine, state, freshness, lease } = this.#options;
    const { asOf, lastError, backfillRead } = await state.freshness();
    const [row] = await knex('instance')
      .where('engine', engine.id)
      .modify(whereUnfinished)
      .count({ count: '*' });
    return defined({
      ...(await freshness.read()),
      lagMs: asOf === undefined ? undefined : Math.max(0, now - asOf),
      lastError,
      unfinished: numberOf(row.count),
      backfill:
        backfillRead === undefined
          ? undefined
          : `${backfillRead} instances read so far`,
      backfillRead,
      backfillPercent: await this.#percent(backfillRead, now),
      lease: leaseView(await lease.holder()),
    });
  }
}

function leaseView(
  holder: LeaseHolder | undefined,
): OrchestratorStatus['feed']['lease'] {
  return (
    holder &&
    defined({
      holder: holder.name,
      held: holder.isHeld,
      since: isoTime(holder.since),
    })
  );
}
