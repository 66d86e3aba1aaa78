import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { DEFINITION_DETAIL, DEFINITIONS } from '../dataIndex/documents';
import { JsonRecord, textOf } from '../dataIndex/json';
import { Clock } from '../http/Clock';
import { compareVersions } from './compareVersions';
import {
  Definition,
  DefinitionDetail,
  toDefinition,
  toDefinitionNodes,
} from './Definition';
import { sourceFacts } from './sourceFacts';

const LIST_FRESH_MS = 5_000;
/** An unknown id may belong to a workflow that was deployed a moment ago. */
const LIST_FRESH_FOR_UNKNOWN_MS = 1_000;
/** Redeploying a version with other content changes its detail. */
const DETAIL_FRESH_MS = 60_000;

interface Kept<T> {
  value: Promise<T>;
  at: number;
}

/** The definitions that the Data Index knows, kept for a moment. */
export class WorkflowCatalog {
  readonly #dataIndex: DataIndexClient;
  readonly #clock: Clock;
  readonly #details = new Map<string, Kept<DefinitionDetail>>();
  #list?: Kept<Definition[]>;

  private constructor(dataIndex: DataIndexClient, clock: Clock) {
    this.#dataIndex = dataIndex;
    this.#clock = clock;
  }

  static create(dataIndex: DataIndexClient, clock: Clock): WorkflowCatalog {
    return new WorkflowCatalog(dataIndex, clock);
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
    const key = JSON.stringify([definition.id, definition.version]);
    const now = this.#clock.now();
    const known = this.#details.get(key);
    if (known && now - known.at < DETAIL_FRESH_MS) {
      return known.value;
    }
    const kept = { value: this.#fetchDetail(definition), at: now };
    this.#details.set(key, kept);
    kept.value.catch(() => {
      if (this.#details.get(key) === kept) {
        this.#details.delete(key);
      }
    });
    return kept.value;
  }

  /** The same for the workflow of an instance's row; undefined when it is unknown. */
  async detailOf(row: JsonRecord): Promise<DefinitionDetail | undefined> {
    const workflowId = textOf(row.processId);
    const definition =
      workflowId && (await this.find(workflowId, textOf(row.version)));
    return definition ? this.detail(definition) : undefined;
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

  /** The first cold start of an embedded index leaves fields empty for a while. */
  async #fetchDetail(definition: Definition): Promise<DefinitionDetail> {
    const rows = await this.#dataIndex.rows(DEFINITION_DETAIL, {
      where: {
        id: { equal: definition.id },
        version: { equal: definition.version },
      },
    });
    const source = textOf(rows[0]?.source);
    return {
      source,
      facts: source === undefined ? undefined : sourceFacts(source),
      nodes: toDefinitionNodes(rows[0]?.nodes),
    };
  }
}
