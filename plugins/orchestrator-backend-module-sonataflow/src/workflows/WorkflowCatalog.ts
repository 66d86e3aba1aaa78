import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { DEFINITIONS } from '../dataIndex/documents';
import { JsonRecord, textOf } from '../dataIndex/json';
import { Clock } from '../http/Clock';
import { compareVersions } from './compareVersions';
import { Definition, DefinitionDetail, toDefinition } from './Definition';
import { DefinitionDetails } from './DefinitionDetails';

const LIST_FRESH_MS = 5_000;
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
    kept.value.catch(() => {
      if (this.#list === kept) {
        this.#list = undefined;
      }
    });
    return kept.value;
  }

  /** The versions of one workflow, newest first. */
  async versions(workflowId: string): Promise<Definition[]> {
    const known = await this.#versionsAmong(this.list(), workflowId);
    return known.length > 0
      ? known
      : this.#versionsAmong(this.list(LIST_FRESH_FOR_UNKNOWN_MS), workflowId);
  }

  /** One version, or the newest; undefined when there is none. */
  async find(
    workflowId: string,
    version?: string,
  ): Promise<Definition | undefined> {
    const versions = await this.versions(workflowId);
    return version === undefined
      ? versions[0]
      : versions.find(definition => definition.version === version);
  }

  /** Source and nodes of a definition. */
  async detail(definition: Definition): Promise<DefinitionDetail> {
    return this.#details.of(definition);
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

  async #versionsAmong(
    list: Promise<Definition[]>,
    workflowId: string,
  ): Promise<Definition[]> {
    return (await list)
      .filter(({ id }) => id === workflowId)
      .sort((a, b) => compareVersions(b.version, a.version));
  }

  async #fetchList(): Promise<Definition[]> {
    const rows = await this.#dataIndex.rows(DEFINITIONS, {
      orderBy: { id: 'ASC' },
    });
    return rows.flatMap(row => toDefinition(row) ?? []);
  }
}
