import {
  CloudEvent,
  EngineRefusedError,
  RunOutcome,
  RunTurn,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { JsonRecord, parseJson, recordOf, textOf } from '../dataIndex/json';
import { HttpFailure } from '../http/HttpFailure';
import { outcomeOfAnswer, outcomeOfFailure } from './runOutcome';
import { ServiceChannel } from './ServiceChannel';
import { ServiceInstances } from './ServiceInstances';
import {
  isMissingRoute,
  throwIfTurnedAway,
  throwUnlessDone,
  unexpectedAnswer,
} from './throwUnlessDone';

/** What a service says of a workflow. */
export type DeployedWorkflow =
  | { kind: 'deployed'; version?: string; inputSchema?: JsonRecord }
  | { kind: 'not-deployed' }
  /** The service lacks the process management add-on. */
  | { kind: 'untold' };

/** A start of a workflow. */
export interface StartCall {
  workflowId: string;
  businessKey: string;
  input: JsonRecord;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  turn?: RunTurn;
}

/** One workflow service. */
export class ServiceClient {
  /** What it runs. */
  readonly instances: ServiceInstances;
  readonly #channel: ServiceChannel;

  private constructor(channel: ServiceChannel) {
    this.#channel = channel;
    this.instances = ServiceInstances.create(channel);
  }

  static create(channel: ServiceChannel): ServiceClient {
    return new ServiceClient(channel);
  }

  /**
   * Starts an instance. The input is sent as `{"workflowdata": …}`: a bare object would be taken
   * apart if it happened to have that key itself.
   */
  async start(call: StartCall): Promise<RunOutcome> {
    const url = this.#channel.url(call.workflowId);
    url.searchParams.set('businessKey', call.businessKey);
    try {
      return outcomeOfAnswer(
        await this.#channel.write(
          {
            method: 'POST',
            url,
            headers: {
              ...ownHeaders(call.headers),
              'content-type': 'application/json',
            },
            body: JSON.stringify({ workflowdata: call.input }),
            signal: call.signal,
          },
          call.turn,
        ),
      );
    } catch (error) {
      if (error instanceof HttpFailure) {
        return outcomeOfFailure(error);
      }
      throw error;
    }
  }

  /** Refuses what would have to wait for its turn to change something. */
  refuseWaiting() {
    this.#channel.refuseWaiting();
  }

  /** What the service has deployed under a workflow's id. */
  async deployedWorkflow(
    workflowId: string,
    signal?: AbortSignal,
  ): Promise<DeployedWorkflow> {
    const url = this.#channel.url('management', 'processes', workflowId);
    const answer = await this.#channel.read(url, signal);
    const body = recordOf(parseJson(answer.text));
    if (answer.status === 200 && body) {
      return {
        kind: 'deployed',
        version: textOf(body.version),
        inputSchema: recordOf(body.inputSchema),
      };
    }
    if (answer.status === 404) {
      return { kind: isMissingRoute(answer) ? 'untold' : 'not-deployed' };
    }
    throw unexpectedAnswer(answer, 'describe the workflow');
  }

  /** The text of a definition; undefined when the service does not give it out. */
  async source(
    workflowId: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const path = ['management', 'processes', workflowId, 'source'];
    const answer = await this.#channel.read(this.#channel.url(...path), signal);
    return answer.status === 200 ? answer.text : undefined;
  }

  /** Sends an event in structured mode to the service's own event path. */
  async sendEvent(event: CloudEvent, signal?: AbortSignal): Promise<void> {
    const answer = await this.#channel.act({
      method: 'POST',
      url: this.#channel.url(),
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
      signal,
    });
    if (answer.status === 404) {
      throw new EngineRefusedError(
        'The workflow service takes no events: it has no event path `/`',
      );
    }
    throwIfTurnedAway('The workflow service', answer.status);
    throwUnlessDone(answer, 'take the event');
  }
}

/** Headers that would steer the engine or the connection are not the caller's to set. */
function ownHeaders(
  headers: Record<string, string> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) =>
        !/^(?:x-kogito|kogito|ce-|host$|connection$|content-|transfer-encoding$)/i.test(
          name,
        ),
    ),
  );
}
