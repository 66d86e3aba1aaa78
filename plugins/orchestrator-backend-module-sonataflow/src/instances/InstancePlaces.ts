import {
  EngineNotCalledError,
  EngineRefusedError,
  InstanceNotFoundError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { INSTANCE_PLACE } from '../dataIndex/documents';
import { JsonRecord, textOf } from '../dataIndex/json';
import { ServiceClient } from '../service/ServiceClient';
import { ServiceClients } from '../service/ServiceClients';
import { InstanceRef } from '../service/ServiceInstances';
import { serviceAddressOf } from '../workflows/Definition';

const KEPT = 2_000;

/** Where an instance runs. */
export interface InstancePlace extends InstanceRef {
  serviceAddress?: string;
}

/**
 * Finds the service of an instance: that of the instance itself, not of its workflow, of which
 * several versions may run side by side. What was started here is known before the index knows it.
 */
export class InstancePlaces {
  readonly #dataIndex: DataIndexClient;
  readonly #services: ServiceClients;
  readonly #started = new Map<string, InstancePlace>();

  private constructor(dataIndex: DataIndexClient, services: ServiceClients) {
    this.#dataIndex = dataIndex;
    this.#services = services;
  }

  static create(
    dataIndex: DataIndexClient,
    services: ServiceClients,
  ): InstancePlaces {
    return new InstancePlaces(dataIndex, services);
  }

  remember(place: InstancePlace) {
    this.#started.set(place.engineInstanceId, place);
    if (this.#started.size > KEPT) {
      const [oldest] = this.#started.keys();
      this.#started.delete(oldest);
    }
  }

  /**
   * @throws InstanceNotFoundError when nobody knows the instance, EngineNotCalledError or
   * EngineRefusedError when its service may not be called
   */
  async serviceOf(
    engineInstanceId: string,
    signal?: AbortSignal,
  ): Promise<{ place: InstancePlace; service: ServiceClient }> {
    const place =
      this.#started.get(engineInstanceId) ??
      placeOf(await this.row(engineInstanceId, signal));
    if (!place) {
      throw new InstanceNotFoundError('The Data Index knows no such instance');
    }
    return { place, service: this.#serviceAt(place) };
  }

  /** What the Data Index says of the instance's place and state. */
  async row(
    engineInstanceId: string,
    signal?: AbortSignal,
  ): Promise<JsonRecord | undefined> {
    const [row] = await this.#dataIndex.rows(
      INSTANCE_PLACE,
      { where: { id: { equal: engineInstanceId } } },
      signal,
    );
    return row;
  }

  #serviceAt({ serviceAddress }: InstancePlace): ServiceClient {
    if (!serviceAddress) {
      throw new EngineNotCalledError(
        'The Data Index names no service for the instance',
      );
    }
    const service = this.#services.find(serviceAddress);
    if (!service) {
      throw new EngineRefusedError(
        `The service of the instance, ${serviceAddress}, matches no entry of orchestrator.sonataflow.services`,
      );
    }
    return service;
  }
}

function placeOf(row: JsonRecord | undefined): InstancePlace | undefined {
  const engineInstanceId = textOf(row?.id);
  const workflowId = textOf(row?.processId);
  return row && engineInstanceId && workflowId
    ? {
        engineInstanceId,
        workflowId,
        serviceAddress: serviceAddressOf(row, workflowId),
      }
    : undefined;
}
