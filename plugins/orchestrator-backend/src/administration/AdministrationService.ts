import { NotFoundError } from '@backstage/errors';
import {
  administerPermission,
  Deployment,
  OrchestratorMode,
  OrchestratorStatus,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { Authorizer } from '../authorization';
import { numberOf } from '../database';
import { defined } from '../defined';
import { FeedState, FreshnessReader } from '../feed';
import { CallerCredentials } from '../http';
import { whereUnfinished } from '../store';

/** How long the engine may take. */
const TIMEOUT_MS = 5_000;

interface AdministrationServiceOptions {
  knex: Knex;
  engine: WorkflowEngine;
  authorizer: Authorizer;
  state: FeedState;
  freshness: FreshnessReader;
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

  async status(credentials: CallerCredentials): Promise<OrchestratorStatus> {
    const { knex, engine, authorizer, state, freshness } = this.#options;
    await authorizer.requireBasic(administerPermission, credentials);
    const { lastError, backfill } = await state.freshness();
    const [row] = await knex('instance')
      .where('engine', engine.id)
      .modify(whereUnfinished)
      .count({ count: '*' });
    return {
      engine: engine.id,
      mode: engine.mode,
      health: await engine.health({ signal: AbortSignal.timeout(TIMEOUT_MS) }),
      feed: defined({
        ...(await freshness.read()),
        lastError,
        unfinished: numberOf(row.count),
        backfill,
      }),
    };
  }
}
