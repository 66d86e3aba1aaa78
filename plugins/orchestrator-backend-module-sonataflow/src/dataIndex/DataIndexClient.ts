import { LoggerService } from '@backstage/backend-plugin-api';
import {
  EngineProtocolError,
  EngineRefusedError,
  EngineUnreachableError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EndpointConfig } from '../config/SonataFlowConfig';
import { CircuitBreaker } from '../http/CircuitBreaker';
import { Clock } from '../http/Clock';
import { ConcurrencyLimit } from '../http/ConcurrencyLimit';
import { HttpFailure } from '../http/HttpFailure';
import { HttpTransport } from '../http/HttpTransport';
import { toEngineError } from '../http/toEngineError';
import { COUNT_INSTANCES, Operation, PING_DOCUMENT } from './documents';
import { GraphQLFailure } from './GraphQLFailure';
import { JsonRecord, recordsOf } from './json';
import { printOperation } from './printOperation';
import { readGraphQLAnswer } from './readGraphQLAnswer';
import { SchemaProbe } from './SchemaProbe';

const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const RETRY_PAUSES_MS = [100, 400];
const LIMITS = { running: 8, waiting: 256 };

/** For what the Data Index may have to fetch from workflow services. */
const SERVICE_LIMITS = { running: 4, waiting: 10_000 };
const SERVICE_TIMEOUT_MS = 5_000;

/** The variables of an operation. */
export type Variables = Record<string, unknown>;

/** Reads the Data Index: static documents, time limit, bounded retries, circuit breaker. */
export class DataIndexClient {
  readonly #config: EndpointConfig;
  readonly #transport: HttpTransport;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #breaker: CircuitBreaker;
  readonly #limit: ConcurrencyLimit;
  readonly #serviceLimit: ConcurrencyLimit;
  readonly #schema: SchemaProbe;

  private constructor(options: {
    config: EndpointConfig;
    transport: HttpTransport;
    clock: Clock;
    logger: LoggerService;
  }) {
    this.#config = options.config;
    this.#transport = options.transport;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#breaker = CircuitBreaker.create('The Data Index', options.clock);
    this.#limit = ConcurrencyLimit.create('The Data Index', LIMITS);
    this.#serviceLimit = ConcurrencyLimit.create(
      'The Data Index',
      SERVICE_LIMITS,
    );
    this.#schema = SchemaProbe.create((document, variables) =>
      this.#ask(document, variables),
    );
  }

  static create(options: {
    config: EndpointConfig;
    transport: HttpTransport;
    clock: Clock;
    logger: LoggerService;
  }): DataIndexClient {
    return new DataIndexClient(options);
  }

  /**
   * The rows that an operation yields.
   *
   * @throws EngineUnreachableError, EngineTimeoutError or EngineProtocolError
   */
  async rows(
    operation: Operation,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<JsonRecord[]> {
    return this.#translateErrors(async () => {
      const data = await this.#askTrimmed(operation, variables, signal);
      const rows = data[operation.field];
      if (!Array.isArray(rows)) {
        throw new GraphQLFailure('answered without the rows asked for');
      }
      return recordsOf(rows);
    });
  }

  /** How many instances match; undefined when this Data Index can't count. */
  async count(
    where: JsonRecord,
    signal?: AbortSignal,
  ): Promise<number | undefined> {
    const { document, field } = COUNT_INSTANCES;
    return this.#translateErrors(async () => {
      try {
        const count = (await this.#ask(document, { where }, signal))[field];
        return typeof count === 'number' ? count : undefined;
      } catch (error) {
        if (error instanceof GraphQLFailure && error.isSchemaMismatch) {
          return undefined;
        }
        throw error;
      }
    });
  }

  /**
   * Asks, once, for a change that the Data Index passes on to where it belongs.
   *
   * @throws EngineRefusedError when it is declined there or this Data Index can't pass it on
   */
  async change(
    { document }: { document: string },
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#translateErrors(async () => {
      try {
        await this.#askOnce(document, variables, signal, { isChange: true });
      } catch (error) {
        throw error instanceof GraphQLFailure ? changeError(error) : error;
      }
    });
  }

  /** Whether it answers, how fast, and what its schema says of its version. */
  async ping(
    signal?: AbortSignal,
  ): Promise<{ latencyMs: number; version?: string }> {
    return this.#translateErrors(async () => {
      const before = this.#clock.now();
      await this.#askOnce(PING_DOCUMENT, {}, signal);
      const latencyMs = this.#clock.now() - before;
      const version = await this.#schema.version();
      return { latencyMs, version };
    });
  }

  /** A Data Index of another version may have taken the place of the one that was introspected. */
  async #askTrimmed(
    operation: Operation,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<JsonRecord> {
    const schema = await this.#schema.typeFields();
    const ask = (document: string) =>
      operation.mayAskService
        ? this.#askAside(document, variables, signal)
        : this.#ask(document, variables, signal);
    try {
      return await ask(printOperation(operation, schema));
    } catch (error) {
      if (!(error instanceof GraphQLFailure && error.isSchemaMismatch)) {
        throw error;
      }
      this.#schema.forget(schema);
      const fresh = await this.#schema.typeFields();
      return ask(printOperation(operation, fresh));
    }
  }

  /** A failure may be that of a service: it neither counts against the Data Index nor fills its queue. */
  async #askAside(
    document: string,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<JsonRecord> {
    const timeoutMs = Math.min(this.#config.timeoutMs, SERVICE_TIMEOUT_MS);
    return this.#serviceLimit.run(
      () => this.#send(document, variables, { timeoutMs, signal }),
      signal,
    );
  }

  async #ask(
    document: string,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<JsonRecord> {
    for (const pauseMs of RETRY_PAUSES_MS) {
      try {
        return await this.#askOnce(document, variables, signal);
      } catch (error) {
        if (!isWorthRetrying(error)) {
          throw error;
        }
        await this.#clock.sleep(pauseMs, signal);
      }
    }
    return this.#askOnce(document, variables, signal);
  }

  async #askOnce(
    document: string,
    variables: Variables,
    signal?: AbortSignal,
    { isChange = false }: { isChange?: boolean } = {},
  ): Promise<JsonRecord> {
    const { timeoutMs } = this.#config;
    return this.#limit.run(
      () =>
        this.#breaker.run(() =>
          this.#send(document, variables, { timeoutMs, isChange, signal }),
        ),
      signal,
    );
  }

  async #send(
    document: string,
    variables: Variables,
    options: { timeoutMs: number; isChange?: boolean; signal?: AbortSignal },
  ): Promise<JsonRecord> {
    const { url, token } = this.#config;
    const { timeoutMs, isChange = false, signal } = options;
    return readGraphQLAnswer(
      await this.#transport.send({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify({ query: document, variables }),
        timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
        freshConnection: isChange,
        signal,
      }),
    );
  }

  /** Callers learn what happened, never what the Data Index wrote: that goes to the log. */
  async #translateErrors<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof GraphQLFailure) {
        this.#logger.warn(`The Data Index ${error.message}`, {
          detail: error.detail ?? '',
        });
        throw new EngineProtocolError(`The Data Index ${error.message}`);
      }
      throw toEngineError(error, 'The Data Index', this.#logger);
    }
  }
}

/** A runtime that declined is told by `errorCode:4…`; one that is away by nothing. */
function changeError(failure: GraphQLFailure): Error {
  if (failure.isSchemaMismatch) {
    return new EngineRefusedError(
      'This version of the Data Index can’t pass the change on',
    );
  }
  return /errorCode:4\d\d/.test(failure.detail ?? '')
    ? new EngineRefusedError('The workflow service declined the change')
    : new EngineUnreachableError(
        'The Data Index could not pass the change on to the workflow service',
      );
}

function isWorthRetrying(error: unknown): boolean {
  return (
    (error instanceof HttpFailure &&
      (error.kind === 'not-sent' || error.kind === 'broken')) ||
    (error instanceof GraphQLFailure && error.isTransient)
  );
}
