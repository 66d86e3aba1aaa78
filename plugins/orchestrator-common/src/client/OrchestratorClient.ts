import createFetchClient, { Client } from 'openapi-fetch';
import type { paths } from '../api';
import {
  ActionRequest,
  BulkRequest,
  BulkResult,
  CloudEventRequest,
  DataUpdateRequest,
  Deployment,
  EventRedelivery,
  EventsAccepted,
  Instance,
  InstanceCounts,
  InstanceData,
  InstanceDetail,
  InstanceEventAccepted,
  InstanceEventRequest,
  InstanceFilterQuery,
  InstanceList,
  InstanceListQuery,
  InstanceNodeList,
  OrchestratorMode,
  OrchestratorStatus,
  RescheduleRequest,
  RunRequest,
  UndeliveredEventList,
  UndeliveredEventQuery,
  Workflow,
  WorkflowDefinition,
  WorkflowInputSchema,
  WorkflowList,
  WorkflowListQuery,
} from '../model';
import { OrchestratorError } from './OrchestratorError';

/** What the client needs; Backstage's services and APIs of these names fit. @public */
export interface OrchestratorClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  /** Adds the caller's credentials. Without it, each call needs a token. */
  fetchApi?: { fetch: typeof fetch };
}

/** Options of every call. @public */
export interface OrchestratorRequestOptions {
  /** Backstage token, for callers without an authenticating `fetchApi`, such as backends. */
  token?: string;
  signal?: AbortSignal;
}

type Reply<Data> = { data?: Data; error?: unknown; response: Response };

/**
 * The orchestrator's API, one method an operation. A method rejects with {@link OrchestratorError}
 * when the API answers with an error, and with the error of `fetch` when there is no answer.
 *
 * @public
 */
export class OrchestratorClient {
  readonly #options: OrchestratorClientOptions;

  static create(options: OrchestratorClientOptions): OrchestratorClient {
    return new OrchestratorClient(options);
  }

  private constructor(options: OrchestratorClientOptions) {
    this.#options = options;
  }

  /** All readable workflows that match, ordered by name. */
  async listWorkflows(
    query: WorkflowListQuery = {},
    options?: OrchestratorRequestOptions,
  ): Promise<WorkflowList> {
    return this.#call(options, (client, init) =>
      client.request('get', '/workflows', { ...init, params: { query } }),
    );
  }

  async getWorkflow(
    workflowId: string,
    options?: OrchestratorRequestOptions,
  ): Promise<Workflow> {
    return this.#call(options, (client, init) =>
      client.request('get', '/workflows/{workflowId}', {
        ...init,
        params: { path: { workflowId } },
      }),
    );
  }

  /** Source text; of the newest version unless one is named. */
  async getWorkflowDefinition(
    workflowId: string,
    query: { version?: string; revision?: string } = {},
    options?: OrchestratorRequestOptions,
  ): Promise<WorkflowDefinition> {
    return this.#call(options, (client, init) =>
      client.request('get', '/workflows/{workflowId}/definition', {
        ...init,
        params: { path: { workflowId }, query },
      }),
    );
  }

  /** Schema of the input and, with `prefillFrom`, the input of that earlier instance. */
  async getWorkflowInputSchema(
    workflowId: string,
    query: { version?: string; prefillFrom?: string } = {},
    options?: OrchestratorRequestOptions,
  ): Promise<WorkflowInputSchema> {
    return this.#call(options, (client, init) =>
      client.request('get', '/workflows/{workflowId}/input-schema', {
        ...init,
        params: { path: { workflowId }, query },
      }),
    );
  }

  /**
   * Runs a workflow. The instance that comes back may still be PENDING. Repeat a call that got no
   * answer with the same `idempotencyKey`: it never starts a second instance.
   */
  async runWorkflow(
    workflowId: string,
    request: RunRequest,
    options?: OrchestratorRequestOptions & { idempotencyKey?: string },
  ): Promise<Instance> {
    const header = options?.idempotencyKey
      ? { 'Idempotency-Key': options.idempotencyKey }
      : {};
    return this.#call(options, (client, init) =>
      client.request('post', '/workflows/{workflowId}/instances', {
        ...init,
        params: { path: { workflowId }, header },
        body: request,
      }),
    );
  }

  /** One page of readable instances. */
  async listInstances(
    query: InstanceListQuery = {},
    options?: OrchestratorRequestOptions,
  ): Promise<InstanceList> {
    return this.#call(options, (client, init) =>
      client.request('get', '/instances', { ...init, params: { query } }),
    );
  }

  /** Number of readable instances by state. */
  async countInstances(
    query: InstanceFilterQuery = {},
    options?: OrchestratorRequestOptions,
  ): Promise<InstanceCounts> {
    return this.#call(options, (client, init) =>
      client.request('get', '/instances/counts', {
        ...init,
        params: { query },
      }),
    );
  }

  async getInstance(
    instanceId: string,
    options?: OrchestratorRequestOptions,
  ): Promise<InstanceDetail> {
    return this.#call(options, (client, init) =>
      client.request('get', '/instances/{instanceId}', {
        ...init,
        params: { path: { instanceId } },
      }),
    );
  }

  /** Nodes that the instance entered, by enter time. */
  async listInstanceNodes(
    instanceId: string,
    query: { limit?: number; offset?: number } = {},
    options?: OrchestratorRequestOptions,
  ): Promise<InstanceNodeList> {
    return this.#call(options, (client, init) =>
      client.request('get', '/instances/{instanceId}/nodes', {
        ...init,
        params: { path: { instanceId }, query },
      }),
    );
  }

  /** Workflow data, which needs a permission of its own. */
  async getInstanceData(
    instanceId: string,
    options?: OrchestratorRequestOptions,
  ): Promise<InstanceData> {
    return this.#call(options, (client, init) =>
      client.request('get', '/instances/{instanceId}/data', {
        ...init,
        params: { path: { instanceId } },
      }),
    );
  }

  /** Stops an instance; repeating it changes nothing. */
  async abortInstance(
    instanceId: string,
    request: ActionRequest = {},
    options?: OrchestratorRequestOptions,
  ): Promise<Instance> {
    return this.#call(options, (client, init) =>
      client.request('post', '/instances/{instanceId}/abort', {
        ...init,
        params: { path: { instanceId } },
        body: request,
      }),
    );
  }

  /** Continues a failed instance from its failed node. */
  async retryInstance(
    instanceId: string,
    request: ActionRequest = {},
    options?: OrchestratorRequestOptions,
  ): Promise<Instance> {
    return this.#call(options, (client, init) =>
      client.request('post', '/instances/{instanceId}/retry', {
        ...init,
        params: { path: { instanceId } },
        body: request,
      }),
    );
  }

  /** Continues a failed instance after its failed node; 422 when the engine can't. */
  async skipInstanceNode(
    instanceId: string,
    request: ActionRequest = {},
    options?: OrchestratorRequestOptions,
  ): Promise<Instance> {
    return this.#call(options, (client, init) =>
      client.request('post', '/instances/{instanceId}/skip', {
        ...init,
        params: { path: { instanceId } },
        body: request,
      }),
    );
  }

  /** Enters a node of an unfinished instance again; 422 when the engine can't. */
  async retriggerInstanceNode(
    instanceId: string,
    nodeId: string,
    request: ActionRequest = {},
    options?: OrchestratorRequestOptions,
  ): Promise<Instance> {
    return this.#call(options, (client, init) =>
      client.request(
        'post',
        '/instances/{instanceId}/nodes/{nodeId}/retrigger',
        {
          ...init,
          params: { path: { instanceId, nodeId } },
          body: request,
        },
      ),
    );
  }

  /** Moves a timer that the instance waits for; 422 when the engine can't. */
  async rescheduleInstanceTimer(
    instanceId: string,
    timerId: string,
    request: RescheduleRequest,
    options?: OrchestratorRequestOptions,
  ): Promise<Instance> {
    return this.#call(options, (client, init) =>
      client.request(
        'post',
        '/instances/{instanceId}/timers/{timerId}/reschedule',
        {
          ...init,
          params: { path: { instanceId, timerId } },
          body: request,
        },
      ),
    );
  }

  /** Merges an object into the workflow data of an unfinished instance; 422 when the engine can't. */
  async updateInstanceData(
    instanceId: string,
    request: DataUpdateRequest,
    options?: OrchestratorRequestOptions,
  ): Promise<Instance> {
    return this.#call(options, (client, init) =>
      client.request('patch', '/instances/{instanceId}/data', {
        ...init,
        params: { path: { instanceId } },
        body: request,
      }),
    );
  }

  /** Stops several instances; what became of each is in the result, never an error. */
  async abortInstances(
    request: BulkRequest,
    options?: OrchestratorRequestOptions,
  ): Promise<BulkResult> {
    return this.#call(options, (client, init) =>
      client.request('post', '/instances/bulk/abort', {
        ...init,
        body: request,
      }),
    );
  }

  /** Continues several failed instances; what became of each is in the result, never an error. */
  async retryInstances(
    request: BulkRequest,
    options?: OrchestratorRequestOptions,
  ): Promise<BulkResult> {
    return this.#call(options, (client, init) =>
      client.request('post', '/instances/bulk/retry', {
        ...init,
        body: request,
      }),
    );
  }

  /**
   * Hands over events for the workflows that consume them: all of them or, with an error, none.
   * Repeat a call that got no answer: an event is told by its source and id.
   */
  async sendEvents(
    events: CloudEventRequest | CloudEventRequest[],
    options?: OrchestratorRequestOptions,
  ): Promise<EventsAccepted> {
    return this.#call(options, (client, init) =>
      client.request('post', '/events', {
        ...init,
        headers: {
          ...init.headers,
          'Content-Type': Array.isArray(events)
            ? 'application/cloudevents-batch+json'
            : 'application/cloudevents+json',
        },
        body: events,
      }),
    );
  }

  /** One page of the events that a target has not accepted, the newest first. */
  async listUndeliveredEvents(
    query: UndeliveredEventQuery = {},
    options?: OrchestratorRequestOptions,
  ): Promise<UndeliveredEventList> {
    return this.#call(options, (client, init) =>
      client.request('get', '/events/undelivered', {
        ...init,
        params: { query },
      }),
    );
  }

  /** Delivers an event again that was given up. */
  async redeliverEvent(
    eventId: string,
    options?: OrchestratorRequestOptions,
  ): Promise<EventRedelivery> {
    return this.#call(options, (client, init) =>
      client.request('post', '/events/{eventId}/redeliver', {
        ...init,
        params: { path: { eventId } },
      }),
    );
  }

  /** Sends an event that the instance waits for; 409 when it waits for no such type. */
  async sendInstanceEvent(
    instanceId: string,
    request: InstanceEventRequest,
    options?: OrchestratorRequestOptions,
  ): Promise<InstanceEventAccepted> {
    return this.#call(options, (client, init) =>
      client.request('post', '/instances/{instanceId}/events', {
        ...init,
        params: { path: { instanceId } },
        body: request,
      }),
    );
  }

  /** Dev mode: the workflow folder; 404 in production. */
  async getDeployment(
    options?: OrchestratorRequestOptions,
  ): Promise<Deployment> {
    return this.#call(options, (client, init) =>
      client.request('get', '/deployment', init),
    );
  }

  async getMode(
    options?: OrchestratorRequestOptions,
  ): Promise<OrchestratorMode> {
    return this.#call(options, (client, init) =>
      client.request('get', '/mode', init),
    );
  }

  async getStatus(
    options?: OrchestratorRequestOptions,
  ): Promise<OrchestratorStatus> {
    return this.#call(options, (client, init) =>
      client.request('get', '/status', init),
    );
  }

  async #call<Data>(
    options: OrchestratorRequestOptions | undefined,
    send: (
      client: Client<paths>,
      init: { headers?: Record<string, string>; signal?: AbortSignal },
    ) => Promise<Reply<Data>>,
  ): Promise<Data> {
    const { discoveryApi, fetchApi } = this.#options;
    const client = createFetchClient<paths>({
      baseUrl: await discoveryApi.getBaseUrl('orchestrator'),
      fetch: request => sendPlain(fetchApi?.fetch ?? fetch, request),
      querySerializer: { array: { style: 'form', explode: false } },
    });
    const { data, error, response } = await send(client, {
      ...(options?.token && {
        headers: { Authorization: `Bearer ${options.token}` },
      }),
      ...(options?.signal && { signal: options.signal }),
    });
    if (!response.ok || data === undefined) {
      throw OrchestratorError.fromReply(response, error);
    }
    return data;
  }
}

/**
 * Sends a request as address and options. The middlewares of a portal's fetch API each make a
 * `Request` of what they are given, and a `Request` with a body can be used for that only once.
 */
async function sendPlain(
  send: typeof fetch,
  request: Request,
): Promise<Response> {
  const { url, method, headers, signal } = request;
  const body = await request.text();
  return send(url, { method, headers, signal, ...(body && { body }) });
}
