import { InputProblemDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { CloudEvent } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import {
  InvalidInputError,
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
} from '../http';

/** CloudEvents 1.0: attribute names are lower case letters and digits. */
const ATTRIBUTE_NAME = /^[a-z0-9]{1,64}$/;

/** CloudEvents 1.0: control characters and unpaired surrogates are no part of a string. */
const FORBIDDEN_TEXT = /[\p{Cc}\p{Cs}]/u;

/** Bytes of each attribute; the named ones are searched for. */
const ATTRIBUTE_BYTES: Record<string, number> = {
  id: 300,
  source: 300,
  type: 200,
  subject: 300,
};
const EXTENSION_BYTES = 1_000;

/** What the engine itself reads: it would steer the event into an instance that it names. */
const ENGINE_PREFIX = 'kogito';

/**
 * Names that HTTP gives a meaning. SonataFlow makes headers of the attributes of an event that starts
 * an instance, and passes those on to the services that the workflow calls.
 */
const HEADER_NAMES = new Set([
  'authorization',
  'connection',
  'cookie',
  'expect',
  'forwarded',
  'from',
  'host',
  'origin',
  'referer',
  'te',
  'trailer',
  'upgrade',
  'via',
]);

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

/**
 * The events of a request in one of the content modes of the HTTP binding of CloudEvents 1.0.
 *
 * @param body - the parsed JSON of the request
 * @throws InvalidInputError when one of them is no CloudEvent, or holds what callers may not set
 */
export function eventsOfRequest(
  body: unknown,
  headers: Record<string, string | string[] | undefined>,
): CloudEvent[] {
  switch (mediaTypeOf(headers['content-type'])) {
    case BATCH:
      return (Array.isArray(body) ? body : []).map((event, i) =>
        checkedEvent(event, `/${i}`),
      );
    case STRUCTURED:
      return [checkedEvent(body, '')];
    default:
      return [checkedEvent(binaryEvent(body, headers), '')];
  }
}

/** Whether the body of a request is a CloudEvent itself. */
export function isStructured(contentType: string | undefined): boolean {
  return mediaTypeOf(contentType) === STRUCTURED;
}

/** @throws PayloadTooLargeError when an event is larger than allowed */
export function requireSize(event: CloudEvent, bytes: number): void {
  if (Buffer.byteLength(JSON.stringify(event)) > bytes) {
    throw new PayloadTooLargeError(
      `The event "${event.id}" is larger than ${bytes} bytes.`,
    );
  }
}

/**
 * An event that follows the specification and holds nothing that steers the engine.
 *
 * @param place - JSON Pointer to the event
 */
export function checkedEvent(event: unknown, place: string): CloudEvent {
  if (!isObject(event)) {
    throw invalid(place, 'A CloudEvent must be a JSON object.');
  }
  const details = Object.entries(event).flatMap(([name, value]) => {
    const message = problemOf(name, value);
    return message === undefined ? [] : [{ path: `${place}/${name}`, message }];
  });
  for (const name of ['id', 'source', 'type']) {
    if (typeof event[name] !== 'string' || event[name] === '') {
      details.push({ path: `${place}/${name}`, message: `${name} is missing` });
    }
  }
  if (event.specversion !== '1.0') {
    details.push({
      path: `${place}/specversion`,
      message: 'specversion must be "1.0"',
    });
  }
  if (details.length > 0) {
    throw new InvalidInputError(
      `The event can’t be taken: ${details
        .map(({ message }) => message)
        .join('; ')}.`,
      details,
    );
  }
  // Each attribute was checked just above.
  return event as unknown as CloudEvent;
}

function problemOf(name: string, value: unknown): string | undefined {
  if (name === 'data') {
    return undefined;
  }
  if (name === 'data_base64') {
    return 'data must be JSON, not data_base64';
  }
  if (!ATTRIBUTE_NAME.test(name)) {
    return `"${name.slice(0, 64)}" is no name of an attribute`;
  }
  if (name.startsWith(ENGINE_PREFIX)) {
    return `${name} may be set by the portal only`;
  }
  if (HEADER_NAMES.has(name)) {
    return `${name} is the name of an HTTP header`;
  }
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) {
    return undefined;
  }
  if (typeof value !== 'string') {
    return `${name} must be a text, a whole number or a boolean`;
  }
  if (name === 'datacontenttype' && !isJsonType(value)) {
    return 'datacontenttype must be a JSON type';
  }
  const limit = Object.hasOwn(ATTRIBUTE_BYTES, name)
    ? ATTRIBUTE_BYTES[name]
    : EXTENSION_BYTES;
  return FORBIDDEN_TEXT.test(value) || Buffer.byteLength(value) > limit
    ? `${name} holds control characters or is longer than ${limit} bytes`
    : undefined;
}

/** Attributes in headers, the data as body. */
function binaryEvent(
  body: unknown,
  headers: Record<string, string | string[] | undefined>,
): Record<string, unknown> {
  const attributes = Object.entries(headers).flatMap(([header, value]) =>
    header.startsWith('ce-') && typeof value === 'string'
      ? [[header.slice('ce-'.length), decoded(value)] as const]
      : [],
  );
  if (attributes.length === 0) {
    throw new UnsupportedMediaTypeError(
      `Send a CloudEvent: as ${STRUCTURED}, as ${BATCH}, or with its attributes in ce- headers.`,
    );
  }
  return {
    ...Object.fromEntries(attributes),
    datacontenttype: 'application/json',
    data: body,
  };
}

/** Header values are percent-encoded (HTTP binding of CloudEvents 1.0, 3.1.3.2). */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function mediaTypeOf(header: string | string[] | undefined): string {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(';')[0].trim().toLowerCase() ?? '';
}

function isJsonType(contentType: string): boolean {
  return /^[\w.-]+\/([\w.-]+\+)?json$/.test(mediaTypeOf(contentType));
}

function invalid(path: string, message: string): InvalidInputError {
  const detail: InputProblemDetail = { path, message };
  return new InvalidInputError(message, [detail]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
