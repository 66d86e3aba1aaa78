import { InputError } from '@backstage/errors';
import { CloudEvent } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { createHash } from 'node:crypto';
import { IncomingHttpHeaders } from 'node:http';
import { WebhookMapping, WebhookText } from '../config';
import { defined } from '../defined';

/** What a sender sent, once it is known who he is. */
export interface WebhookDelivery {
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  /** The parsed body. */
  json: unknown;
}

/**
 * Makes a CloudEvent of a body in the sender's own format.
 *
 * @throws InputError when the body or its headers lack what the event is made of
 */
export function mapEvent(
  { type, id, subject, source }: WebhookMapping,
  delivery: WebhookDelivery,
): CloudEvent {
  return defined({
    specversion: '1.0',
    id: id ? textOf(id, delivery, 'id') : digestOf(delivery.bytes),
    source,
    type: textOf(type, delivery, 'type'),
    subject: subject && textOf(subject, delivery, 'subject'),
    datacontenttype: 'application/json',
    data: delivery.json,
  });
}

/** A repeated body is a repeated event: headers that no signature covers have no say. */
function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function textOf(
  { from, prefix }: WebhookText,
  { headers, json }: WebhookDelivery,
  attribute: string,
): string {
  if ('value' in from) {
    return prefix + from.value;
  }
  const value =
    'header' in from ? headers[from.header] : valueAt(json, from.pointer);
  if (typeof value !== 'string' && typeof value !== 'number') {
    const place =
      'header' in from
        ? `the header ${from.header}`
        : `the body at ${from.pointer}`;
    throw new InputError(`The ${attribute} of the event is not in ${place}.`);
  }
  return `${prefix}${value}`;
}

/** The value at a JSON Pointer (RFC 6901); undefined when there is none. */
function valueAt(json: unknown, pointer: string): unknown {
  let value = json;
  for (const part of pointer.slice(1).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (
      typeof value !== 'object' ||
      value === null ||
      !Object.hasOwn(value, key)
    ) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
