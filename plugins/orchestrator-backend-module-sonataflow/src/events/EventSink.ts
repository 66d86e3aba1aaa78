import { LoggerService } from '@backstage/backend-plugin-api';
import {
  CloudEvent,
  EngineRefusedError,
  EngineUnreachableError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EndpointConfig } from '../config/SonataFlowConfig';
import { exactHostGuard } from '../http/exactHostGuard';
import { HttpTransport } from '../http/HttpTransport';
import { ProxyRule } from '../http/ProxyRule';
import { toEngineError } from '../http/toEngineError';
import { throwIfTurnedAway } from '../service/throwUnlessDone';

const MAX_ANSWER_BYTES = 1024 * 1024;

/** The broker that takes events for workflows. */
export class EventSink {
  readonly #config: EndpointConfig;
  readonly #transport: HttpTransport;
  readonly #logger: LoggerService;

  private constructor(
    config: EndpointConfig,
    transport: HttpTransport,
    logger: LoggerService,
  ) {
    this.#logger = logger;
    this.#config = config;
    this.#transport = transport;
  }

  static create(options: {
    config: EndpointConfig;
    proxies?: ProxyRule;
    logger: LoggerService;
  }): EventSink {
    const { config, proxies, logger } = options;
    const { url, tls, timeoutMs } = config;
    const guard = exactHostGuard(url);
    return new EventSink(
      config,
      HttpTransport.create({ guard, tls, timeoutMs, proxies }),
      logger,
    );
  }

  /** Resolves when the broker accepted the event. */
  async send(event: CloudEvent, signal?: AbortSignal): Promise<void> {
    const status = await this.#post(event, signal);
    throwIfTurnedAway('The event broker', status);
    if (status >= 400 && status < 500 && status !== 408) {
      throw new EngineRefusedError(
        `The event broker declined the event (HTTP ${status})`,
      );
    }
    if (status < 200 || status >= 300) {
      throw new EngineUnreachableError(
        `The event broker did not accept the event (HTTP ${status})`,
      );
    }
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #post(event: CloudEvent, signal?: AbortSignal): Promise<number> {
    const { url, token, timeoutMs } = this.#config;
    try {
      const { status } = await this.#transport.send({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/cloudevents+json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify(event),
        timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
        freshConnection: true,
        signal,
      });
      return status;
    } catch (error) {
      throw toEngineError(error, 'The event broker', this.#logger);
    }
  }
}
