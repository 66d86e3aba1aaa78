import { AuthenticationError, InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { EventsAccepted } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { CloudEvent } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { randomUUID } from 'node:crypto';
import { IncomingHttpHeaders } from 'node:http';
import { WebhookSettings } from '../config';
import { checkedEvent, EventService, isStructured } from '../events';
import {
  JsonLimits,
  parsedJson,
  RateLimiter,
  UnprocessableError,
} from '../http';
import { mapEvent } from './mapEvent';
import { verifySignature } from './verifySignature';

interface WebhookServiceOptions {
  webhooks: readonly WebhookSettings[];
  events: EventService;
  limiter: RateLimiter;
  limits: JsonLimits;
  now?: () => number;
}

/** Taking events of senders outside the portal, who prove themselves by a secret. */
export class WebhookService {
  readonly #options: WebhookServiceOptions;
  readonly #bySource: Map<string, WebhookSettings>;
  /** Stands for an unknown source, so that it takes as long to refuse as a known one. */
  readonly #nobody: Pick<WebhookSettings, 'signature' | 'secrets'> = {
    secrets: [randomUUID()],
    signature: {
      kind: 'hmac-sha256',
      header: 'x-hub-signature-256',
      prefix: '',
    },
  };

  static create(options: WebhookServiceOptions): WebhookService {
    return new WebhookService(options);
  }

  private constructor(options: WebhookServiceOptions) {
    this.#options = options;
    this.#bySource = new Map(
      options.webhooks.map(webhook => [webhook.source, webhook]),
    );
  }

  /** @throws AuthenticationError alike for an unknown source and a wrong signature */
  async receive(
    source: string,
    { headers, bytes }: { headers: IncomingHttpHeaders; bytes: Buffer },
    note: (meta: JsonObject) => void,
  ): Promise<EventsAccepted> {
    const { events, limiter, now = Date.now } = this.#options;
    const webhook = this.#bySource.get(source);
    const isProven = verifySignature(
      webhook ?? this.#nobody,
      headers,
      bytes,
      now(),
    );
    if (!webhook || !isProven) {
      throw new AuthenticationError('The signature is missing or wrong.');
    }
    const sender = `webhook:${source}`;
    limiter.take(sender);
    const event = this.#eventOf(webhook, headers, bytes);
    note({ eventType: event.type, cloudEventId: event.id });
    if (!webhook.types.includes(event.type)) {
      throw new UnprocessableError(
        `Events of type "${event.type}" are not taken from "${source}".`,
      );
    }
    return events.takeFrom(sender, event);
  }

  #eventOf(
    { mapping }: WebhookSettings,
    headers: IncomingHttpHeaders,
    bytes: Buffer,
  ): CloudEvent {
    const json = parsedJson(bytes, this.#options.limits);
    if (mapping) {
      return checkedEvent(mapEvent(mapping, { headers, bytes, json }), '');
    }
    // In binary mode the attributes are headers, which no signature covers.
    if (!isStructured(headers['content-type'])) {
      throw new InputError(
        'The body must be a CloudEvent, sent as application/cloudevents+json.',
      );
    }
    return checkedEvent(json, '');
  }
}
