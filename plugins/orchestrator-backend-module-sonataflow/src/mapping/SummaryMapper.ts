import { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { InstanceAttention } from '../attention/InstanceAttention';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { JsonRecord, textOf } from '../dataIndex/json';
import { DefinitionDetail } from '../workflows/Definition';
import { WorkflowCatalog } from '../workflows/WorkflowCatalog';
import { endReasonOf } from './endReason';
import { JobsByInstance, readTimeLimits } from './readJobs';
import { toSummary } from './toSummary';
import { toWaits } from './waits';
import { WaitReader } from './WaitReader';

/** States whose summary says more with the definition at hand. */
const NEED_DETAIL = new Set<unknown>(['ACTIVE', 'ERROR', 'ABORTED']);

/**
 * Turns rows into summaries. What active instances wait for, and whether the time of aborted ones was
 * over, takes further questions, asked for those rows only, so that a list of finished instances
 * stays one request.
 */
export class SummaryMapper {
  readonly #dataIndex: DataIndexClient;
  readonly #catalog: WorkflowCatalog;
  readonly #attention: InstanceAttention;
  readonly #waits: WaitReader;

  private constructor(
    dataIndex: DataIndexClient,
    catalog: WorkflowCatalog,
    attention: InstanceAttention,
  ) {
    this.#dataIndex = dataIndex;
    this.#catalog = catalog;
    this.#attention = attention;
    this.#waits = WaitReader.create(dataIndex);
  }

  static create(options: {
    dataIndex: DataIndexClient;
    catalog: WorkflowCatalog;
    attention: InstanceAttention;
  }): SummaryMapper {
    const { dataIndex, catalog, attention } = options;
    return new SummaryMapper(dataIndex, catalog, attention);
  }

  /** One summary for each usable row, in the same order. */
  async map(
    rows: JsonRecord[],
    signal?: AbortSignal,
  ): Promise<EngineInstanceSummary[]> {
    const details = await this.#detailsOf(rows);
    const active = rows.filter(row => row.state === 'ACTIVE');
    const waits = await this.#waits.read(active.flatMap(idOf), signal);
    const limits = await this.#timeLimitsOf(rows, details, signal);
    return rows.flatMap(row => {
      const [id = ''] = idOf(row);
      const detail = details.get(workflowKey(row));
      const facts = waits.get(id);
      return (
        toSummary(row, {
          detail,
          waits: facts ? toWaits(facts.nodes, facts.jobs, detail) : [],
          endReason: endReasonOf(row, limits.get(id) ?? []),
          attention: this.#attention.of(row),
        }) ?? []
      );
    });
  }

  /** Names of nodes and events are a convenience: a definition that can't be read costs no row. */
  async #detailsOf(rows: JsonRecord[]): Promise<Map<string, DefinitionDetail>> {
    const needy = new Map(
      rows
        .filter(row => NEED_DETAIL.has(row.state))
        .map(row => [workflowKey(row), row]),
    );
    const details = new Map<string, DefinitionDetail>();
    await Promise.all(
      [...needy].map(async ([key, row]) => {
        const detail = await this.#catalog.detailOf(row).catch(() => undefined);
        if (detail) {
          details.set(key, detail);
        }
      }),
    );
    return details;
  }

  /** Of aborted instances whose workflow has a time limit. */
  async #timeLimitsOf(
    rows: JsonRecord[],
    details: Map<string, DefinitionDetail>,
    signal?: AbortSignal,
  ): Promise<JobsByInstance> {
    const ids = rows
      .filter(
        row =>
          row.state === 'ABORTED' &&
          details.get(workflowKey(row))?.facts?.hasTimeLimit,
      )
      .flatMap(idOf);
    return ids.length > 0
      ? readTimeLimits(this.#dataIndex, ids, signal)
      : new Map();
  }
}

function idOf(row: JsonRecord): string[] {
  const id = textOf(row.id);
  return id === undefined ? [] : [id];
}

function workflowKey(row: JsonRecord): string {
  return JSON.stringify([row.processId, row.version]);
}
