import {
  CloudEvent,
  EngineInstance,
  EngineNotCalledError,
  EngineRefusedError,
  InstanceNotFoundError,
  RetryFailure,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { InstanceAttention } from '../attention/InstanceAttention';
import { JsonRecord, recordOf } from '../dataIndex/json';
import { ServiceClient } from '../service/ServiceClient';
import { beforeActing } from './beforeActing';
import { InstancePlace, InstancePlaces } from './InstancePlaces';
import { InstanceReader } from './InstanceReader';

/** What people do to instances, each at the instance's own service. */
export class InstanceActions {
  readonly #places: InstancePlaces;
  readonly #attention: InstanceAttention;
  readonly #reader: InstanceReader;

  private constructor(
    places: InstancePlaces,
    attention: InstanceAttention,
    reader: InstanceReader,
  ) {
    this.#reader = reader;
    this.#places = places;
    this.#attention = attention;
  }

  static create(
    places: InstancePlaces,
    attention: InstanceAttention,
    reader: InstanceReader,
  ): InstanceActions {
    return new InstanceActions(places, attention, reader);
  }

  async abort(id: string, signal?: AbortSignal): Promise<void> {
    await this.#act(id, signal, ({ instances }, place) =>
      instances.abort(place, signal),
    );
  }

  async retry(
    id: string,
    signal?: AbortSignal,
  ): Promise<RetryFailure | undefined> {
    return this.#act(id, signal, ({ instances }, place) =>
      instances.retrigger(place, signal),
    );
  }

  /** A switch is never skipped: SonataFlow would go on in all of its ways at once. */
  async skip(
    id: string,
    signal?: AbortSignal,
  ): Promise<RetryFailure | undefined> {
    const instance = await beforeActing(this.#reader.read(id, signal));
    if (instance?.state === 'ERROR' && !tellsWhereItFailed(instance)) {
      throw new EngineNotCalledError(
        'The Data Index does not tell which node failed, so nothing was skipped; try again in a moment',
      );
    }
    const failedAt = instance?.nodes.findLast(
      ({ definitionId, status }) =>
        status === 'failed' &&
        definitionId === instance.error?.nodeDefinitionId,
    );
    if (failedAt?.type === 'Split') {
      throw new EngineRefusedError(
        `SonataFlow can't skip the switch ${failedAt.name}, it would go on in all of its ways at once: change the data so that one of its conditions holds, and retry`,
      );
    }
    return this.#act(id, signal, ({ instances }, place) =>
      instances.skip(place, signal),
    );
  }

  async retriggerNode(
    id: string,
    nodeId: string,
    signal?: AbortSignal,
  ): Promise<RetryFailure | undefined> {
    return this.#act(id, signal, ({ instances }, place) =>
      instances.retriggerNode(place, nodeId, signal),
    );
  }

  /** SonataFlow merges as RFC 7396 says, but for null, which it passes over in silence. */
  async updateData(
    id: string,
    patch: JsonRecord,
    signal?: AbortSignal,
  ): Promise<void> {
    const path = pathOfNull(patch);
    if (path !== undefined) {
      throw new EngineRefusedError(
        `SonataFlow can't remove data: give ${path} another value than null`,
      );
    }
    await this.#act(id, signal, ({ instances }, place) =>
      instances.patchData(place, patch, signal),
    );
  }

  /** The service knows the instance that an event is for by the extension `kogitoprocrefid`. */
  async sendEvent(
    id: string,
    event: CloudEvent,
    signal?: AbortSignal,
  ): Promise<void> {
    const addressed = { ...event, kogitoprocrefid: id };
    await this.#act(id, signal, service =>
      service.sendEvent(addressed, signal),
    );
  }

  async #act<T>(
    id: string,
    signal: AbortSignal | undefined,
    action: (service: ServiceClient, place: InstancePlace) => Promise<T>,
  ): Promise<T> {
    const { place, service } = await beforeActing(
      this.#places.serviceOf(id, signal),
    );
    try {
      return await action(service, place);
    } catch (error) {
      throw error instanceof InstanceNotFoundError
        ? await this.#explained(id, error, signal)
        : error;
    }
  }

  /** An instance may be missing at its service without having ended. */
  async #explained(
    id: string,
    error: InstanceNotFoundError,
    signal?: AbortSignal,
  ): Promise<Error> {
    // Without the index there is nothing to explain with.
    const row = await this.#places.row(id, signal).catch(() => undefined);
    const reason = row && (await this.#attention.explainMissing(row));
    return reason === undefined ? error : new EngineRefusedError(reason, error);
  }
}

/** A separate index tells the state before it tells the error, and may leave nodes out. */
function tellsWhereItFailed({ error, nodes }: EngineInstance): boolean {
  return error !== undefined && nodes.length > 0;
}

/** Where an object holds null, as a JSON Pointer. */
function pathOfNull(value: JsonRecord): string | undefined {
  for (const [key, entry] of Object.entries(value)) {
    const record = recordOf(entry);
    const below = record && pathOfNull(record);
    if (entry === null || below !== undefined) {
      const name = key.replace(/~/g, '~0').replace(/\//g, '~1');
      return `/${name}${below ?? ''}`;
    }
  }
  return undefined;
}
