import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { EpochMs } from '../database';
import { FeedPass, FeedStep } from '../feed';

const INTERVAL_MS = 60_000;

/** How long the catalog may take: a run waits for it, and goes on with what is known. */
const TIMEOUT_MS = 3_000;

/** Entities asked for in one request. */
const BATCH = 200;

/** Fields of an entity that are needed. */
const FIELDS = ['kind', 'metadata.namespace', 'metadata.name', 'relations'];

/**
 * Keeps the owners of the entities that instances are about, so that rules on ownership are SQL.
 * When the catalog does not answer, the last known owners stay.
 */
export class EntityOwners implements FeedStep {
  readonly #knex: Knex;
  readonly #engine: string;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  #dueAt: EpochMs = 0;

  static create(options: {
    knex: Knex;
    engine: { id: string };
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
  }): EntityOwners {
    return new EntityOwners(options);
  }

  private constructor(options: {
    knex: Knex;
    engine: { id: string };
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#engine = options.engine.id;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
  }

  async run({ startedAt }: FeedPass): Promise<void> {
    if (startedAt < this.#dueAt) {
      return;
    }
    this.#dueAt = startedAt + INTERVAL_MS;
    let last = '';
    for (;;) {
      const refs: string[] = await this.#knex('instance')
        .distinct('entity_ref')
        .where('engine', this.#engine)
        .where('entity_ref', '>', last)
        .orderBy('entity_ref')
        .limit(BATCH)
        .pluck('entity_ref');
      if (refs.length === 0 || !(await this.#refresh(refs))) {
        return;
      }
      last = refs[refs.length - 1];
    }
  }

  /** Reads the owners of one entity. */
  async refresh(entityRef: string): Promise<void> {
    await this.#refresh([entityRef]);
  }

  async #refresh(entityRefs: string[]): Promise<boolean> {
    try {
      const { items } = await inTime(this.#read(entityRefs));
      await this.#store(
        entityRefs.map((ref, i) => [ref, ownersOf(items[i])] as const),
      );
      return true;
    } catch (error) {
      this.#logger.warn(
        `The catalog does not tell who owns the entities of instances: ${stringifyError(
          error,
        )}`,
      );
      return false;
    }
  }

  async #read(entityRefs: string[]) {
    return this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: FIELDS },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
  }

  async #store(found: (readonly [ref: string, owners: string[]])[]) {
    await this.#knex.transaction(async transaction => {
      await transaction('entity_owner')
        .whereIn(
          'entity_ref',
          found.map(([ref]) => ref),
        )
        .delete();
      const rows = found.flatMap(([ref, owners]) =>
        owners.map(owner => ({ entity_ref: ref, owner_ref: owner })),
      );
      if (rows.length > 0) {
        await transaction('entity_owner')
          .insert(rows)
          .onConflict(['entity_ref', 'owner_ref'])
          .ignore();
      }
    });
  }
}

/** The catalog can't be told to stop; its late answer is left. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeOut = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('It took too long to answer')),
      TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([answer, timeOut]);
  } finally {
    clearTimeout(timer);
  }
}

function ownersOf(entity: Entity | undefined): string[] {
  const owners = entity?.relations
    ?.filter(relation => relation.type === RELATION_OWNED_BY)
    .map(relation => relation.targetRef.toLocaleLowerCase('en-US'));
  return [...new Set(owners)];
}
