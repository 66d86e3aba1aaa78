import {
  IndexedInstance,
  SimulatedDataIndex,
} from '../../../../../plugins/orchestrator-backend-module-sonataflow/src/__testUtils__/SimulatedDataIndex';
import { randomNumbers } from '../../../../../plugins/orchestrator-backend-module-sonataflow/src/__testUtils__/randomNumbers';
import {
  HistoryOptions as AllHistoryOptions,
  IndexWrite,
  simulateHistory,
} from '../../../../../plugins/orchestrator-backend-module-sonataflow/src/__testUtils__/simulateHistory';
import { TestServer } from '../../../../../plugins/orchestrator-backend-module-sonataflow/src/__testUtils__/TestServer';

/** What history to play; it begins now. */
export type HistoryOptions = Omit<AllHistoryOptions, 'random' | 'from'>;

/** What the store has to say of an instance in the end. */
export interface Truth {
  state: string;
  startedAt: number;
  endedAt?: number;
  errorMessage?: string;
  errorNode?: string;
  parentId?: string;
}

const NODE = { id: '6', name: 'Call the shop', type: 'WorkItemNode' };

/** A Data Index on a server of its own, which a history is written to as time goes by. */
export class PlayedIndex {
  readonly #index: SimulatedDataIndex;
  readonly #server: TestServer;
  readonly #writes: IndexWrite[];
  readonly #versions = new Map<string, Truth[]>();
  #written = 0;

  private constructor(
    index: SimulatedDataIndex,
    server: TestServer,
    writes: IndexWrite[],
  ) {
    this.#index = index;
    this.#server = server;
    this.#writes = writes;
  }

  static async start(
    seed: number,
    history: HistoryOptions,
  ): Promise<PlayedIndex> {
    const random = randomNumbers(seed);
    const writes = simulateHistory({ ...history, random, from: Date.now() });
    const index = new SimulatedDataIndex({ random });
    index.definitions.push({
      id: 'greet',
      version: '1.0',
      type: 'SW',
      source: '{"id":"greet","states":[]}',
      nodes: [NODE],
    });
    const server = await TestServer.start(index.handler);
    return new PlayedIndex(index, server, writes);
  }

  get url(): URL {
    return new URL(`${this.#server.url}/graphql`);
  }

  /** Whether everything that happened is visible. */
  get isOver(): boolean {
    return this.#written === this.#writes.length;
  }

  /** Shows what became visible by now. */
  catchUp(): void {
    const now = Date.now();
    while (!this.isOver && this.#writes[this.#written].visibleAt <= now) {
      const { row } = this.#writes[this.#written];
      this.#index.put(row);
      this.#versions.set(row.id, [...this.versionsOf(row.id), truthOf(row)]);
      this.#written += 1;
    }
  }

  /** What was shown of an instance by now, one after the other. */
  versionsOf(id: string): Truth[] {
    return this.#versions.get(id) ?? [];
  }

  /** What is shown now, by the id of the instance. */
  truth(): Map<string, Truth> {
    return new Map(
      [...this.#versions].map(([id, versions]) => [id, versions.at(-1)!]),
    );
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}

function truthOf(row: IndexedInstance): Truth {
  // It stays in the index when the failed node was skipped.
  const error = row.state === 'ERROR' ? row.error : undefined;
  return {
    state: row.state,
    startedAt: row.start,
    endedAt: row.end,
    errorMessage: error?.message,
    errorNode: error && NODE.name,
    parentId: row.parentProcessInstanceId,
  };
}
