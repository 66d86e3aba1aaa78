import { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { INSTANCE_WAITS, JOBS } from '../dataIndex/documents';
import { JsonRecord, recordsOf, textOf } from '../dataIndex/json';
import { AnswerTooLargeError } from '../http/toEngineError';
import { DefinitionDetail } from '../workflows/Definition';
import { WorkflowCatalog } from '../workflows/WorkflowCatalog';
import { toSummary } from './toSummary';
import { isWaitingNode, toWaits, Wait } from './waits';

const IDS_PER_REQUEST = 100;

/**
 * Turns rows into summaries. What active instances wait for takes a second question, asked for those
 * rows only, so that a list of finished instances stays one request.
 */
export class SummaryMapper {
  readonly #dataIndex: DataIndexClient;
  readonly #catalog: WorkflowCatalog;

  private constructor(dataIndex: DataIndexClient, catalog: WorkflowCatalog) {
    this.#dataIndex = dataIndex;
    this.#catalog = catalog;
  }

  static create(
    dataIndex: DataIndexClient,
    catalog: WorkflowCatalog,
  ): SummaryMapper {
    return new SummaryMapper(dataIndex, catalog);
  }

  /** One summary for each usable row, in the same order. */
  async map(
    rows: JsonRecord[],
    signal?: AbortSignal,
  ): Promise<EngineInstanceSummary[]> {
    const details = await this.#detailsOf(rows);
    const waits = await this.#waitsOf(
      rows.filter(row => row.state === 'ACTIVE'),
      details,
      signal,
    );
    return rows.flatMap(
      row =>
        toSummary(
          row,
          details.get(workflowKey(row)),
          waits.get(textOf(row.id) ?? '') ?? [],
        ) ?? [],
    );
  }

  /** Names of nodes and events are a convenience: a definition that can't be read costs no row. */
  async #detailsOf(rows: JsonRecord[]): Promise<Map<string, DefinitionDetail>> {
    const needy = new Map(
      rows
        .filter(row => row.state === 'ACTIVE' || row.state === 'ERROR')
        .map(row => [workflowKey(row), row]),
    );
    const details = new Map<string, DefinitionDetail>();
    await Promise.all(
      [...needy].map(async ([key, row]) => {
        const detail = await this.#detailOf(row).catch(() => undefined);
        if (detail) {
          details.set(key, detail);
        }
      }),
    );
    return details;
  }

  async #detailOf(row: JsonRecord): Promise<DefinitionDetail | undefined> {
    const workflowId = textOf(row.processId);
    const definition =
      workflowId && (await this.#catalog.find(workflowId, textOf(row.version)));
    return definition ? this.#catalog.detail(definition) : undefined;
  }

  async #waitsOf(
    rows: JsonRecord[],
    details: Map<string, DefinitionDetail>,
    signal?: AbortSignal,
  ): Promise<Map<string, Wait[]>> {
    const keyById = new Map(
      rows.map(row => [textOf(row.id) ?? '', workflowKey(row)]),
    );
    const ids = [...keyById.keys()];
    const waits = new Map<string, Wait[]>();
    for (let i = 0; i < ids.length; i += IDS_PER_REQUEST) {
      const nodeRows = await this.#nodesOf(
        ids.slice(i, i + IDS_PER_REQUEST),
        signal,
      );
      const jobs = await this.#jobsOf(nodeRows, signal);
      nodeRows.forEach(row => {
        const id = textOf(row.id) ?? '';
        const detail = details.get(keyById.get(id) ?? '');
        waits.set(id, toWaits(row.nodes, jobs.get(id) ?? [], detail));
      });
    }
    return waits;
  }

  /**
   * An instance that entered very many nodes must not hide the others: when the answer is too large
   * the question is halved, and what is too large alone goes without its waits.
   */
  async #nodesOf(ids: string[], signal?: AbortSignal): Promise<JsonRecord[]> {
    try {
      return await this.#dataIndex.rows(
        INSTANCE_WAITS,
        { where: { id: { in: ids } } },
        signal,
      );
    } catch (error) {
      if (!(error instanceof AnswerTooLargeError)) {
        throw error;
      }
      const middle = Math.floor(ids.length / 2);
      return middle === 0
        ? []
        : [
            ...(await this.#nodesOf(ids.slice(0, middle), signal)),
            ...(await this.#nodesOf(ids.slice(middle), signal)),
          ];
    }
  }

  async #jobsOf(
    nodeRows: JsonRecord[],
    signal?: AbortSignal,
  ): Promise<Map<string, JsonRecord[]>> {
    const ids = nodeRows
      .filter(row => recordsOf(row.nodes).some(isWaitingTimer))
      .flatMap(row => textOf(row.id) ?? []);
    return ids.length > 0 ? readJobs(this.#dataIndex, ids, signal) : new Map();
  }
}

/** The timers of instances that have not fired, by instance. */
export async function readJobs(
  dataIndex: DataIndexClient,
  engineInstanceIds: string[],
  signal?: AbortSignal,
): Promise<Map<string, JsonRecord[]>> {
  const rows = await dataIndex.rows(
    JOBS,
    {
      where: {
        processInstanceId: { in: engineInstanceIds },
        status: { in: ['SCHEDULED', 'RETRY'] },
      },
    },
    signal,
  );
  const jobs = new Map<string, JsonRecord[]>();
  rows.forEach(row => {
    const id = textOf(row.processInstanceId) ?? '';
    jobs.set(id, [...(jobs.get(id) ?? []), row]);
  });
  return jobs;
}

function isWaitingTimer(node: JsonRecord): boolean {
  return node.type === 'TimerNode' && isWaitingNode(node);
}

function workflowKey(row: JsonRecord): string {
  return JSON.stringify([row.processId, row.version]);
}
