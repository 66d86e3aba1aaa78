import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { INSTANCE_PLACE } from '../dataIndex/documents';
import { textOf } from '../dataIndex/json';
import { serviceAddressOf } from '../workflows/Definition';

const KEPT = 2_000;

/** Where an instance runs. */
export interface InstancePlace {
  engineInstanceId: string;
  workflowId: string;
  serviceAddress?: string;
}

/**
 * Finds the service of an instance: that of the instance itself, not of its workflow, of which
 * several versions may run side by side. What was started here is known before the index knows it.
 */
export class InstancePlaces {
  readonly #dataIndex: DataIndexClient;
  readonly #started = new Map<string, InstancePlace>();

  private constructor(dataIndex: DataIndexClient) {
    this.#dataIndex = dataIndex;
  }

  static create(dataIndex: DataIndexClient): InstancePlaces {
    return new InstancePlaces(dataIndex);
  }

  remember(place: InstancePlace) {
    this.#started.set(place.engineInstanceId, place);
    if (this.#started.size > KEPT) {
      const [oldest] = this.#started.keys();
      this.#started.delete(oldest);
    }
  }

  /** undefined when nobody knows the instance. */
  async find(
    engineInstanceId: string,
    signal?: AbortSignal,
  ): Promise<InstancePlace | undefined> {
    const started = this.#started.get(engineInstanceId);
    if (started) {
      return started;
    }
    const [row] = await this.#dataIndex.rows(
      INSTANCE_PLACE,
      { where: { id: { equal: engineInstanceId } } },
      signal,
    );
    const workflowId = textOf(row?.processId);
    return row && workflowId
      ? {
          engineInstanceId,
          workflowId,
          serviceAddress: serviceAddressOf(row, workflowId),
        }
      : undefined;
  }
}
