import { EngineInstance } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { InstanceAttention } from '../attention/InstanceAttention';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { INSTANCE_DETAIL } from '../dataIndex/documents';
import { JsonRecord, textOf } from '../dataIndex/json';
import { readTimeLimits, readTimers } from '../mapping/readJobs';
import { toInstance } from '../mapping/toInstance';
import { DefinitionDetail } from '../workflows/Definition';
import { WorkflowCatalog } from '../workflows/WorkflowCatalog';

/** Reads everything about one instance. */
export class InstanceReader {
  readonly #dataIndex: DataIndexClient;
  readonly #catalog: WorkflowCatalog;
  readonly #attention: InstanceAttention;

  private constructor(
    dataIndex: DataIndexClient,
    catalog: WorkflowCatalog,
    attention: InstanceAttention,
  ) {
    this.#dataIndex = dataIndex;
    this.#catalog = catalog;
    this.#attention = attention;
  }

  static create(options: {
    dataIndex: DataIndexClient;
    catalog: WorkflowCatalog;
    attention: InstanceAttention;
  }): InstanceReader {
    const { dataIndex, catalog, attention } = options;
    return new InstanceReader(dataIndex, catalog, attention);
  }

  /** Undefined when the index does not know the instance, or not yet enough of it. */
  async read(
    engineInstanceId: string,
    signal?: AbortSignal,
  ): Promise<EngineInstance | undefined> {
    const [row] = await this.#dataIndex.rows(
      INSTANCE_DETAIL,
      { where: { id: { equal: engineInstanceId } } },
      signal,
    );
    if (!row) {
      return undefined;
    }
    const [detail, attention] = await Promise.all([
      // Names of nodes are a convenience.
      this.#catalog.detailOf(row).catch(() => undefined),
      this.#attention.ofDetail(row, signal),
    ]);
    const jobs = await this.#jobsOf(row, detail, signal);
    return toInstance(row, jobs, detail, attention);
  }

  async #jobsOf(
    row: JsonRecord,
    detail: DefinitionDetail | undefined,
    signal?: AbortSignal,
  ): Promise<JsonRecord[]> {
    const id = textOf(row.id) ?? '';
    if (row.state === 'ACTIVE') {
      const timers = await readTimers(this.#dataIndex, [id], signal);
      return timers.get(id) ?? [];
    }
    if (row.state === 'ABORTED' && detail?.facts?.hasTimeLimit) {
      const limits = await readTimeLimits(this.#dataIndex, [id], signal);
      return limits.get(id) ?? [];
    }
    return [];
  }
}
