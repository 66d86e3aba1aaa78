import { LoggerService } from '@backstage/backend-plugin-api';
import {
  EngineRefusedError,
  RunTurn,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { CircuitBreaker } from '../http/CircuitBreaker';
import { Clock } from '../http/Clock';
import { ConcurrencyLimit } from '../http/ConcurrencyLimit';
import { HttpFailure } from '../http/HttpFailure';
import { HttpAnswer, HttpCall, HttpTransport } from '../http/HttpTransport';
import { toEngineError } from '../http/toEngineError';
import { ServiceEndpoint } from './ServiceDirectory';

const NAME = 'The workflow service';
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const READ_TIMEOUT_MS = 5_000;
const READ_RETRY_PAUSE_MS = 200;
const READ_LIMITS = { running: 4, waiting: 256 };
const WRITE_LIMITS = { running: 32, waiting: 512 };

/** A request that changes something. */
export type WriteCall = Pick<
  HttpCall,
  'method' | 'url' | 'headers' | 'body' | 'signal'
>;

/**
 * The way to one workflow service. Reads are repeated once; what changes something is sent exactly
 * once, on a connection of its own. A hung service holds its own queue only.
 */
export class ServiceChannel {
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
  }): ServiceChannel {
    const { endpoint, transport, clock, logger } = options;
    return new ServiceChannel(endpoint, transport, clock, logger);
  }

  /** @throws EngineRefusedError for a segment that would climb in the path */
  url(...path: string[]): URL {
    return new URL(`${this.#endpoint.base}/${path.map(pathSegment).join('/')}`);
  }

  /** Reads, once more when the connection broke; failures are errors of the port. */
  async read(url: URL, signal?: AbortSignal): Promise<HttpAnswer> {
    const timeoutMs = Math.min(READ_TIMEOUT_MS, this.#endpoint.rule.timeoutMs);
    const call = { method: 'GET' as const, url, timeoutMs, signal };
    const send = () =>
      this.#reads.run(() => this.#send(call, isGatewayError), { signal });
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

  /** Changes something; failures are errors of the port. */
  async act(call: WriteCall): Promise<HttpAnswer> {
    try {
      return await this.write(call);
    } catch (error) {
      throw toEngineError(error, NAME, this.#logger);
    }
  }

  /**
   * @param turn - told when the call has to wait, and asked before it is then sent
   * @throws HttpFailure telling how far the request got; or what the turn rejects with
   */
  async write(call: WriteCall, turn?: RunTurn): Promise<HttpAnswer> {
    let hasWaited = false;
    return this.#writes.run(
      async () => {
        if (hasWaited) {
          await turn?.comes();
        }
        return this.#send({
          ...call,
          freshConnection: true,
          timeoutMs: this.#endpoint.rule.timeoutMs,
        });
      },
      {
        signal: call.signal,
        onWait: () => {
          hasWaited = true;
          turn?.waits();
        },
      },
    );
  }

  /** Refuses what would have to wait for its turn to change something. */
  refuseWaiting() {
    this.#writes.close();
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
