import { compareVersions } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { DEFINITIONS } from '../dataIndex/documents';
import { JsonRecord, textOf } from '../dataIndex/json';
import { Clock } from '../http/Clock';
import { Definition, DefinitionDetail, toDefinition } from './Definition';
import { DefinitionDetails } from './DefinitionDetails';

const LIST_FRESH_MS = 5_000;
/** How old a list may be that spares those who act the wait for the Data Index. */
const LIST_USABLE_MS = 60_000;
/** An unknown id may belong to a workflow that was deployed a moment ago. */
const LIST_FRESH_FOR_UNKNOWN_MS = 1_000;

interface KeptList {
  value: Promise<Definition[]>;
  at: number;
}

/** The definitions that the Data Index knows, kept for a moment. */
export class WorkflowCatalog {
  readonly #dataIndex: DataIndexClient;
  readonly #clock: Clock;
  readonly #details: DefinitionDetails;
  #list?: KeptList;
  /** What the Data Index answered last. */
  #answered?: { definitions: Definition[]; at: number };

  private constructor(
    dataIndex: DataIndexClient,
    clock: Clock,
    patienceMs?: number,
  ) {
    this.#dataIndex = dataIndex;
    this.#clock = clock;
    this.#details = DefinitionDetails.create(dataIndex, clock, patienceMs);
  }

  /** @param patienceMs - how long others wait for the detail of one definition */
  static create(
    dataIndex: DataIndexClient,
    clock: Clock,
    patienceMs?: number,
  ): WorkflowCatalog {
    return new WorkflowCatalog(dataIndex, clock, patienceMs);
  }

  /** Every version of every workflow. */
  async list(maxAgeMs: number = LIST_FRESH_MS): Promise<Definition[]> {
    const now = this.#clock.now();
    if (this.#list && now - this.#list.at < maxAgeMs) {
      return this.#list.value;
    }
    const kept = { value: this.#fetchList(), at: now };
    this.#list = kept;
    kept.value.then(
      definitions => {
        this.#answered = { definitions, at: now };
      },
      () => {
        if (this.#list === kept) {
          this.#list = undefined;
        }
      },
    );
    return kept.value;
  }

  /**
   * The same as it is known: waits only for a first list, and when the last one is old; an old one is
   * better than none.
   */
  async atHand(): Promise<Definition[]> {
    const answered = this.#answered;
    const list = this.list();
    if (!answered) {
      return list;
    }
    const usable = list.catch(() => answered.definitions);
    return this.#clock.now() - answered.at < LIST_USABLE_MS
      ? answered.definitions
      : usable;
  }

  /**
   * The versions of one workflow, newest first, or only the given one. A workflow that is known needs
   * no Data Index.
   */
  async versions(workflowId: string, version?: string): Promise<Definition[]> {
    const known = among(await this.atHand(), workflowId, version);
    return known.length > 0
      ? known
      : among(await this.list(LIST_FRESH_FOR_UNKNOWN_MS), workflowId, version);
  }

  /** One version, or the newest; undefined when there is none. */
  async find(
    workflowId: string,
    version?: string,
  ): Promise<Definition | undefined> {
    const [newest] = await this.versions(workflowId, version);
    return newest;
  }

  /** Source and nodes of a definition. */
  async detail(definition: Definition): Promise<DefinitionDetail> {
    return this.#details.of(definition);
  }

  /** The same, as it was known before, or else waits for it. */
  async detailAtHand(definition: Definition): Promise<DefinitionDetail> {
    return this.#details.atHand(definition);
  }

  /** The same, as far as it is known soon. */
  async detailSoon(
    definition: Definition,
  ): Promise<DefinitionDetail | undefined> {
    return this.#details.soon(definition);
  }

  /** What is known soon for the workflow of an instance's row. */
  async detailOf(row: JsonRecord): Promise<DefinitionDetail | undefined> {
    const workflowId = textOf(row.processId);
    const definition =
      workflowId && (await this.find(workflowId, textOf(row.version)));
    return definition ? this.detailSoon(definition) : undefined;
  }

  /** A definition that the Data Index can't give this time stays as it was. */
  async #fetchList(): Promise<Definition[]> {
    const { rows, unreadable } = await this.#dataIndex.readableRows(
      DEFINITIONS,
      { orderBy: { id: 'ASC' } },
    );
    const read = rows.flatMap(row => toDefinition(row) ?? []);
    if (unreadable === 0) {
      return read;
    }
    const keys = new Set(read.map(keyOf));
    const missed = (this.#answered?.definitions ?? []).filter(
      definition => !keys.has(keyOf(definition)),
    );
    return [...read, ...missed];
  }
}

function keyOf({ id, version }: Definition): string {
  return JSON.stringify([id, version]);
}

function among(
  definitions: Definition[],
  workflowId: string,
  wanted: string | undefined,
): Definition[] {
  return definitions
    .filter(
      ({ id, version }) =>
        id === workflowId && (wanted === undefined || version === wanted),
    )
    .sort((a, b) => compareVersions(b.version, a.version));
}
