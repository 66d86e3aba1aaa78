import { InputError } from '@backstage/errors';
import express, { ErrorRequestHandler, RequestHandler } from 'express';
import { PayloadTooLargeError, UnsupportedMediaTypeError } from './errors';
import { checkJsonText, JsonLimits } from './jsonText';

/** Largest body that the API reads. */
export interface BodyLimits extends JsonLimits {
  bytes: number;
}

/** Reads a JSON body of one of the given media types within limits. */
export function readBody(
  limits: BodyLimits,
  mediaTypes: string[] = ['application/json'],
): (RequestHandler | ErrorRequestHandler)[] {
  const readBytes = express.raw({ type: mediaTypes, limit: limits.bytes });
  const tellWhy: ErrorRequestHandler = (error, _request, _response, next) =>
    next(readingError(error, limits));
  const parse: RequestHandler = (request, _response, next) => {
    if (!Buffer.isBuffer(request.body)) {
      throw new UnsupportedMediaTypeError(
        `The body must be sent as ${mediaTypes.join(' or ')}.`,
      );
    }
    request.body = parsedJson(request.body, limits);
    next();
  };
  return [readBytes, tellWhy, parse];
}

/**
 * Reads any body within the limit of bytes, and leaves it as it is: for signatures, which are made
 * over bytes.
 */
export function readRawBody(
  limits: BodyLimits,
): (RequestHandler | ErrorRequestHandler)[] {
  const readBytes = express.raw({
    type: () => true,
    limit: limits.bytes,
    // What was signed is what was sent.
    inflate: false,
  });
  const tellWhy: ErrorRequestHandler = (error, _request, _response, next) =>
    next(readingError(error, limits));
  const requireBytes: RequestHandler = (request, _response, next) => {
    if (!Buffer.isBuffer(request.body)) {
      request.body = Buffer.alloc(0);
    }
    next();
  };
  return [readBytes, tellWhy, requireBytes];
}

function readingError(error: unknown, { bytes }: BodyLimits): unknown {
  const type =
    typeof error === 'object' && error !== null && 'type' in error
      ? error.type
      : undefined;
  switch (type) {
    case 'entity.too.large':
      return new PayloadTooLargeError(
        `The body is larger than ${bytes} bytes.`,
      );
    case 'encoding.unsupported':
      return new UnsupportedMediaTypeError(
        'The content encoding of the body is not supported.',
      );
    default:
      return typeof type === 'string'
        ? new InputError('The body could not be read.')
        : error;
  }
}

/** @throws InputError when it is no JSON, or more than the limits allow */
export function parsedJson(text: Buffer, limits: JsonLimits): unknown {
  checkJsonText(text, limits);
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    throw new InputError('The body is not valid JSON.');
  }
}
