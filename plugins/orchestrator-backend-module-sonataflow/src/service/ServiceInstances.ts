import {
  EngineRefusedError,
  RetryFailure,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { JsonRecord, parseJson, recordOf, textOf } from '../dataIndex/json';
import { HttpAnswer } from '../http/HttpTransport';
import { answerMessage } from './answerMessage';
import { ServiceChannel } from './ServiceChannel';
import {
  isForeign404,
  isMissingRoute,
  throwUnlessDone,
  unexpectedAnswer,
} from './throwUnlessDone';

/** Names an instance for its service. */
export interface InstanceRef {
  workflowId: string;
  engineInstanceId: string;
}

/**
 * The instances that a service runs. Every action rejects with InstanceNotFoundError when the service
 * does not run the instance (any more).
 */
export class ServiceInstances {
  readonly #channel: ServiceChannel;

  private constructor(channel: ServiceChannel) {
    this.#channel = channel;
  }

  static create(channel: ServiceChannel): ServiceInstances {
    return new ServiceInstances(channel);
  }

  /** Whether the service still runs the instance; one that failed counts. */
  async has(instance: InstanceRef, signal?: AbortSignal): Promise<boolean> {
    const answer = await this.#channel.read(this.#url(instance), signal);
    if (answer.status === 200) {
      return true;
    }
    if (answer.status === 404 && !isForeign404(answer)) {
      return false;
    }
    throw unexpectedAnswer(answer, 'tell of the instance');
  }

  /** Goes without the management add-on too. */
  async abort(instance: InstanceRef, signal?: AbortSignal): Promise<void> {
    const managed = await this.#channel.act({
      method: 'DELETE',
      url: this.#managementUrl(instance),
      signal,
    });
    const answer = isMissingRoute(managed)
      ? await this.#channel.act({
          method: 'DELETE',
          url: this.#url(instance),
          signal,
        })
      : managed;
    throwUnlessDone(answer, 'abort the instance');
  }

  /** Enters the failed node again. @throws EngineRefusedError when no node failed */
  async retrigger(
    instance: InstanceRef,
    signal?: AbortSignal,
  ): Promise<RetryFailure | undefined> {
    const answer = await this.#manage(instance, ['retrigger'], signal);
    return afterGoingOn(answer, instance, 'retry the instance');
  }

  /** Goes on behind the failed node. @throws EngineRefusedError when no node failed */
  async skip(
    instance: InstanceRef,
    signal?: AbortSignal,
  ): Promise<RetryFailure | undefined> {
    const answer = await this.#manage(instance, ['skip'], signal);
    return afterGoingOn(answer, instance, 'skip the failed node');
  }

  /** Enters an open node again. @throws EngineRefusedError when the node is not open */
  async retriggerNode(
    instance: InstanceRef,
    nodeId: string,
    signal?: AbortSignal,
  ): Promise<RetryFailure | undefined> {
    const path = ['nodeInstances', nodeId];
    const answer = await this.#manage(instance, path, signal);
    if (answer.status === 404 && /Node instance with id/.test(answer.text)) {
      throw new EngineRefusedError(
        'The node is not open: only one that was entered and not left can be entered again',
      );
    }
    return afterGoingOn(answer, instance, 'enter the node again');
  }

  /** Merges into the workflow data, objects deeply. */
  async patchData(
    instance: InstanceRef,
    patch: JsonRecord,
    signal?: AbortSignal,
  ): Promise<void> {
    const answer = await this.#channel.act({
      method: 'PATCH',
      url: this.#url(instance),
      headers: { 'content-type': 'application/json' },
      // A bare object would be taken apart if it happened to have that key itself.
      body: JSON.stringify({ workflowdata: patch }),
      signal,
    });
    throwUnlessDone(answer, 'change the data');
  }

  #url({ workflowId, engineInstanceId }: InstanceRef): URL {
    return this.#channel.url(workflowId, engineInstanceId);
  }

  #managementUrl(instance: InstanceRef, ...action: string[]): URL {
    const { workflowId, engineInstanceId } = instance;
    const path = ['management', 'processes', workflowId, 'instances'];
    return this.#channel.url(...path, engineInstanceId, ...action);
  }

  async #manage(
    instance: InstanceRef,
    action: string[],
    signal?: AbortSignal,
  ): Promise<HttpAnswer> {
    const answer = await this.#channel.act({
      method: 'POST',
      url: this.#managementUrl(instance, ...action),
      signal,
    });
    if (isMissingRoute(answer)) {
      throw new EngineRefusedError(
        'The workflow service has no process management add-on, so a person can only abort its instances',
      );
    }
    return answer;
  }
}

/** An error with the instance's id means that it went on and failed (again). */
function afterGoingOn(
  answer: HttpAnswer,
  { engineInstanceId }: InstanceRef,
  action: string,
): RetryFailure | undefined {
  const failedId = textOf(recordOf(parseJson(answer.text))?.id);
  if (failedId !== engineInstanceId) {
    throwUnlessDone(answer, action);
  }
  return answer.status >= 400
    ? { errorMessage: answerMessage(answer) }
    : undefined;
}
