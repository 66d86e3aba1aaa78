import {
  EngineRefusedError,
  InstanceNotFoundError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { RESCHEDULE_JOB } from '../dataIndex/documents';
import { textOf } from '../dataIndex/json';
import { readTimers } from '../mapping/readJobs';
import { InstancePlaces } from './InstancePlaces';

/**
 * The timers of instances. The Data Index passes a change on to whatever keeps the job: the service
 * itself, or a job service that the portal does not know.
 */
export class InstanceTimers {
  readonly #dataIndex: DataIndexClient;
  readonly #places: InstancePlaces;

  private constructor(dataIndex: DataIndexClient, places: InstancePlaces) {
    this.#dataIndex = dataIndex;
    this.#places = places;
  }

  static create(
    dataIndex: DataIndexClient,
    places: InstancePlaces,
  ): InstanceTimers {
    return new InstanceTimers(dataIndex, places);
  }

  /**
   * @throws InstanceNotFoundError when there is no such unfinished instance, EngineRefusedError when
   * it waits for no such timer
   */
  async reschedule(
    engineInstanceId: string,
    timerId: string,
    at: string,
    signal?: AbortSignal,
  ): Promise<void> {
    const time = Date.parse(at);
    if (Number.isNaN(time)) {
      throw new EngineRefusedError(`'${at}' is no point in time`);
    }
    await this.#requireTimer(engineInstanceId, timerId, signal);
    await this.#dataIndex.change(
      RESCHEDULE_JOB,
      {
        id: timerId,
        data: JSON.stringify({ expirationTime: new Date(time).toISOString() }),
      },
      signal,
    );
  }

  async #requireTimer(
    engineInstanceId: string,
    timerId: string,
    signal?: AbortSignal,
  ) {
    const ids = [engineInstanceId];
    const timers = await readTimers(this.#dataIndex, ids, signal);
    const isThere = timers
      .get(engineInstanceId)
      ?.some(job => textOf(job.id) === timerId && textOf(job.nodeInstanceId));
    if (isThere) {
      return;
    }
    const row = await this.#places.row(engineInstanceId, signal);
    if (row?.state !== 'ACTIVE') {
      throw new InstanceNotFoundError(
        'The Data Index knows no such unfinished instance',
      );
    }
    throw new EngineRefusedError(
      'The instance does not wait for this timer (any more)',
    );
  }
}
