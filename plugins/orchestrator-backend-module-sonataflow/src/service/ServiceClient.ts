import { LoggerService } from '@backstage/backend-plugin-api';
import {
  CloudEvent,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
  InstanceNotFoundError,
  RunOutcome,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { JsonRecord, parseJson, recordOf, textOf } from '../dataIndex/json';
import { CircuitBreaker } from '../http/CircuitBreaker';
import { Clock } from '../http/Clock';
import { ConcurrencyLimit } from '../http/ConcurrencyLimit';
import { HttpFailure } from '../http/HttpFailure';
import { HttpAnswer, HttpCall, HttpTransport } from '../http/HttpTransport';
import { toEngineError } from '../http/toEngineError';
import { answerMessage } from './answerMessage';
import { outcomeOfAnswer, outcomeOfFailure } from './runOutcome';
import { ServiceEndpoint } from './ServiceDirectory';

const NAME = 'The workflow service';
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const READ_TIMEOUT_MS = 5_000;
const READ_RETRY_PAUSE_MS = 200;
const READ_LIMITS = { running: 4, waiting: 256 };
const WRITE_LIMITS = { running: 32, waiting: 512 };

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
}

/** Names an instance for its service. */
export interface InstanceRef {
  workflowId: string;
  engineInstanceId: string;
}

/**
 * One workflow service. Reads are repeated once; what changes something is sent exactly once, on a
 * connection of its own. A hung service holds its own queue only.
 */
export class ServiceClient {
  readonly #endpoint: ServiceEndpoint;
  readonly #transport: HttpTransport;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #breaker: CircuitBreaker;
  readonly #reads: ConcurrencyLimit;
  readonly #writes: ConcurrencyLimit;

  private constructor(
    endpoint: ServiceEndpoint,
    transport: HttpTransport,
    clock: Clock,
    logger: LoggerService,
  ) {
    this.#endpoint = endpoint;
    this.#transport = transport;
    this.#clock = clock;
    this.#logger = logger;
    this.#breaker = CircuitBreaker.create(NAME, clock);
    this.#reads = ConcurrencyLimit.create(NAME, READ_LIMITS);
    this.#writes = ConcurrencyLimit.create(NAME, WRITE_LIMITS);
  }

  static create(options: {
    endpoint: ServiceEndpoint;
    transport: HttpTransport;
    clock: Clock;
    logger: LoggerService;
  }): ServiceClient {
    const { endpoint, transport, clock, logger } = options;
    return new ServiceClient(endpoint, transport, clock, logger);
  }

  /**
   * Starts an instance. The input is sent as `{"workflowdata": …}`: a bare object would be taken
   * apart if it happened to have that key itself.
   */
  async start(call: StartCall): Promise<RunOutcome> {
    const url = this.#url(call.workflowId);
    url.searchParams.set('businessKey', call.businessKey);
    try {
      return outcomeOfAnswer(
        await this.#write({
          method: 'POST',
          url,
          headers: {
            ...ownHeaders(call.headers),
            'content-type': 'application/json',
          },
          body: JSON.stringify({ workflowdata: call.input }),
          signal: call.signal,
        }),
      );
    } catch (error) {
      if (error instanceof HttpFailure) {
        return outcomeOfFailure(error);
      }
      throw error;
    }
  }

  /**
   * Stops an instance.
   *
   * @throws InstanceNotFoundError when the service does not run it (any more)
   */
  async abort(instance: InstanceRef, signal?: AbortSignal): Promise<void> {
    const managed = await this.#act({
      method: 'DELETE',
      url: this.#instanceUrl(instance),
      signal,
    });
    const answer = isMissingRoute(managed)
      ? await this.#act({
          method: 'DELETE',
          url: this.#url(instance.workflowId, instance.engineInstanceId),
          signal,
        })
      : managed;
    throwUnlessDone(answer, 'abort the instance');
  }

  /**
   * Continues a failed instance. A 500 with the instance's id means that it was continued and failed
   * again.
   *
   * @throws EngineRefusedError when it is not in ERROR, InstanceNotFoundError when it is unknown
   */
  async retrigger(instance: InstanceRef, signal?: AbortSignal): Promise<void> {
    const answer = await this.#act({
      method: 'POST',
      url: this.#instanceUrl(instance, 'retrigger'),
      signal,
    });
    if (isMissingRoute(answer)) {
      throw new EngineRefusedError(
        'The workflow service has no process management add-on, so instances cannot be retried',
      );
    }
    const failedAgain =
      textOf(recordOf(parseJson(answer.text))?.id) ===
      instance.engineInstanceId;
    if (!failedAgain) {
      throwUnlessDone(answer, 'retry the instance');
    }
  }

  /** What the service has deployed under a workflow's id. */
  async deployedWorkflow(
    workflowId: string,
    signal?: AbortSignal,
  ): Promise<DeployedWorkflow> {
    const url = this.#url('management', 'processes', workflowId);
    const answer = await this.#read(url, signal);
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
    throw unexpected(answer, 'describe the workflow');
  }

  /** The text of a definition; undefined when the service does not give it out. */
  async source(
    workflowId: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const url = this.#url('management', 'processes', workflowId, 'source');
    const answer = await this.#read(url, signal);
    return answer.status === 200 ? answer.text : undefined;
  }

  /** Whether the service still runs the instance. */
  async hasInstance(
    instance: InstanceRef,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const url = this.#url(instance.workflowId, instance.engineInstanceId);
    const answer = await this.#read(url, signal);
    if (answer.status === 200 || answer.status === 404) {
      return answer.status === 200;
    }
    throw unexpected(answer, 'tell of the instance');
  }

  /** Sends an event in structured mode to the service's own event path. */
  async sendEvent(event: CloudEvent, signal?: AbortSignal): Promise<void> {
    const answer = await this.#act({
      method: 'POST',
      url: new URL(`${this.#endpoint.base}/`),
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
      signal,
    });
    throwUnlessDone(answer, 'take the event');
  }

  #url(...path: string[]): URL {
    return new URL(`${this.#endpoint.base}/${path.map(pathSegment).join('/')}`);
  }

  #instanceUrl(instance: InstanceRef, ...action: string[]): URL {
    const { workflowId, engineInstanceId } = instance;
    const path = ['management', 'processes', workflowId, 'instances'];
    return this.#url(...path, engineInstanceId, ...action);
  }

  /** A write whose failures are errors of the port. */
  async #act(
    call: Omit<HttpCall, 'timeoutMs' | 'maxBytes'>,
  ): Promise<HttpAnswer> {
    try {
      return await this.#write(call);
    } catch (error) {
      throw toEngineError(error, NAME, this.#logger);
    }
  }

  async #write(
    call: Omit<HttpCall, 'timeoutMs' | 'maxBytes'>,
  ): Promise<HttpAnswer> {
    return this.#writes.run(
      () =>
        this.#send({
          ...call,
          freshConnection: true,
          timeoutMs: this.#endpoint.rule.timeoutMs,
        }),
      call.signal,
    );
  }

  async #read(url: URL, signal?: AbortSignal): Promise<HttpAnswer> {
    const timeoutMs = Math.min(READ_TIMEOUT_MS, this.#endpoint.rule.timeoutMs);
    const call = { method: 'GET' as const, url, timeoutMs, signal };
    const send = () =>
      this.#reads.run(() => this.#send(call, isGatewayError), signal);
    try {
      return await send().catch(async error => {
        if (!(error instanceof HttpFailure && error.kind === 'broken')) {
          throw error;
        }
        await this.#clock.sleep(READ_RETRY_PAUSE_MS, signal);
        return send();
      });
    } catch (error) {
      throw toEngineError(error, NAME, this.#logger);
    }
  }

  async #send(
    call: Omit<HttpCall, 'maxBytes'>,
    isBroken: (answer: HttpAnswer) => boolean = () => false,
  ): Promise<HttpAnswer> {
    const { token } = this.#endpoint.rule;
    return this.#breaker.run(async () => {
      const answer = await this.#transport.send({
        ...call,
        maxBytes: MAX_ANSWER_BYTES,
        headers: {
          accept: 'application/json',
          ...call.headers,
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
      });
      if (isBroken(answer)) {
        throw new HttpFailure('broken', `answered with HTTP ${answer.status}`);
      }
      return answer;
    });
  }
}

/** Dots alone would climb in the path, however they are encoded. */
function pathSegment(text: string): string {
  if (text === '' || text === '.' || text === '..') {
    throw new EngineRefusedError(`'${text}' is no id`);
  }
  return encodeURIComponent(text);
}

function isGatewayError(answer: HttpAnswer): boolean {
  return answer.status >= 502 && answer.status <= 504;
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

/** The add-on answers 404 in its own words; any other 404 means that it is not there. */
function isMissingRoute(answer: HttpAnswer): boolean {
  return (
    answer.status === 404 &&
    !/Process (?:instance )?with id .* not found/.test(answer.text)
  );
}

function throwUnlessDone(answer: HttpAnswer, action: string) {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    return;
  }
  if (status === 404) {
    throw new InstanceNotFoundError(
      'The workflow service knows no such unfinished instance',
    );
  }
  if (status >= 400 && status < 500) {
    throw new EngineRefusedError(
      `The workflow service declined to ${action}: ${
        answerMessage(answer) ?? `HTTP ${status}`
      }`,
    );
  }
  throw unexpected(answer, action);
}

function unexpected(answer: HttpAnswer, action: string): Error {
  const { status } = answer;
  const message = `The workflow service was asked to ${action} and answered with HTTP ${status}`;
  if (status === 502 || status === 503) {
    return new EngineUnreachableError(message);
  }
  return status === 504
    ? new EngineTimeoutError(message)
    : new EngineProtocolError(message);
}
