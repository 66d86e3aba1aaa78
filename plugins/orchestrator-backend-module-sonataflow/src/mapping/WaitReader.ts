import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { INSTANCE_WAITS } from '../dataIndex/documents';
import { JsonRecord, recordsOf, textOf } from '../dataIndex/json';
import { AnswerTooLargeError } from '../http/toEngineError';
import { JobsByInstance, readTimers } from './readJobs';

const IDS_PER_REQUEST = 100;

/** The nodes of an active instance, and its timers. */
export interface WaitFacts {
  nodes: unknown;
  jobs: JsonRecord[];
}

/** Asks what active instances wait at, which their rows do not tell. */
export class WaitReader {
  readonly #dataIndex: DataIndexClient;

  private constructor(dataIndex: DataIndexClient) {
    this.#dataIndex = dataIndex;
  }

  static create(dataIndex: DataIndexClient): WaitReader {
    return new WaitReader(dataIndex);
  }

  /** By the id of the instance. */
  async read(
    ids: string[],
    signal?: AbortSignal,
  ): Promise<Map<string, WaitFacts>> {
    const facts = new Map<string, WaitFacts>();
    for (let i = 0; i < ids.length; i += IDS_PER_REQUEST) {
      const rows = await this.#nodesOf(
        ids.slice(i, i + IDS_PER_REQUEST),
        signal,
      );
      const jobs = await this.#timersOf(rows, signal);
      rows.forEach(row => {
        const id = textOf(row.id) ?? '';
        facts.set(id, { nodes: row.nodes, jobs: jobs.get(id) ?? [] });
      });
    }
    return facts;
  }

  /**
   * An instance that entered very many nodes must not hide the others: when the answer is too large
   * the question is halved, and what is too large alone goes without its waits.
   */
  async #nodesOf(ids: string[], signal?: AbortSignal): Promise<JsonRecord[]> {
    try {
      const { rows } = await this.#dataIndex.readableRows(
        INSTANCE_WAITS,
        { where: { id: { in: ids } } },
        signal,
      );
      return rows;
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

  async #timersOf(
    rows: JsonRecord[],
    signal?: AbortSignal,
  ): Promise<JobsByInstance> {
    const ids = rows
      .filter(row => recordsOf(row.nodes).some(isWaitingTimer))
      .flatMap(row => textOf(row.id) ?? []);
    return ids.length > 0
      ? readTimers(this.#dataIndex, ids, signal)
      : new Map();
  }
}

function isWaitingTimer(node: JsonRecord): boolean {
  return node.type === 'TimerNode' && textOf(node.exit) === undefined;
}
