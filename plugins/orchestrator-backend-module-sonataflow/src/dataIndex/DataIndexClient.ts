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
import { GapReporter } from './GapReporter';
import { GraphQLAnswer, readGraphQLAnswer } from './readGraphQLAnswer';
import { SchemaProbe } from './SchemaProbe';

const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const RETRY_PAUSES_MS = [100, 400];
const LIMITS = { running: 8, waiting: 256 };

/** For what the Data Index may have to fetch from workflow services. */
const SERVICE_LIMITS = { running: 4, waiting: 10_000 };
const SERVICE_TIMEOUT_MS = 5_000;

/** The variables of an operation. */
export type Variables = Record<string, unknown>;

/** Rows of an answer that may have gaps. */
export interface ReadableRows {
  rows: JsonRecord[];
  /** How many more the Data Index counted, but could not give. */
  unreadable: number;
}

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
  readonly #gaps: GapReporter;

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
    this.#gaps = GapReporter.create(options.logger);
    this.#schema = SchemaProbe.create(async (document, variables) => {
      const { data } = await this.#ask(document, variables);
      return data;
    });
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
   * The rows that an operation yields, all of them: a row that is missing does not exist.
   *
   * @throws EngineUnreachableError, EngineTimeoutError or EngineProtocolError, the last one also when
   * the Data Index could not give a row
   */
  async rows(
    operation: Operation,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<JsonRecord[]> {
    return this.#translateErrors(async () => {
      const { rows, unreadable, gaps } = await this.#rowsOf(
        operation,
        variables,
        signal,
      );
      if (unreadable > 0) {
        throw new GraphQLFailure(
          `answered in part: of ${
            unreadable + rows.length
          } rows it could not give ${unreadable}`,
          { detail: gaps },
        );
      }
      this.#gaps.report(operation.name, gaps);
      return rows;
    });
  }

  /**
   * The rows that an operation yields as far as they can be read, for those who read many: one row
   * that the Data Index can never give must not hide all the others. It is logged once.
   *
   * @throws EngineUnreachableError, EngineTimeoutError or EngineProtocolError
   */
  async readableRows(
    operation: Operation,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<ReadableRows> {
    return this.#translateErrors(async () => {
      const { gaps, ...read } = await this.#rowsOf(
        operation,
        variables,
        signal,
      );
      this.#gaps.report(operation.name, gaps);
      return read;
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
        const { data } = await this.#ask(document, { where }, signal);
        const count = data[field];
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

  async #rowsOf(
    operation: Operation,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<ReadableRows & { gaps: string }> {
    const { data, gaps } = await this.#askTrimmed(operation, variables, signal);
    const entries = data[operation.field];
    if (!Array.isArray(entries)) {
      throw new GraphQLFailure('answered without the rows asked for');
    }
    const rows = recordsOf(entries);
    return { rows, unreadable: entries.length - rows.length, gaps };
  }

  /** A Data Index of another version may have taken the place of the one that was introspected. */
  async #askTrimmed(
    operation: Operation,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<GraphQLAnswer> {
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
  ): Promise<GraphQLAnswer> {
    const timeoutMs = Math.min(this.#config.timeoutMs, SERVICE_TIMEOUT_MS);
    return this.#serviceLimit.run(
      () => this.#send(document, variables, { timeoutMs, signal }),
      { signal },
    );
  }

  async #ask(
    document: string,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<GraphQLAnswer> {
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
  ): Promise<GraphQLAnswer> {
    const { timeoutMs } = this.#config;
    return this.#limit.run(
      () =>
        this.#breaker.run(() =>
          this.#send(document, variables, { timeoutMs, isChange, signal }),
        ),
      { signal },
    );
  }

  async #send(
    document: string,
    variables: Variables,
    options: { timeoutMs: number; isChange?: boolean; signal?: AbortSignal },
  ): Promise<GraphQLAnswer> {
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
