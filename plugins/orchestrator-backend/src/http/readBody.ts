import { InputError } from '@backstage/errors';
import express, { ErrorRequestHandler, RequestHandler } from 'express';
import { PayloadTooLargeError, UnsupportedMediaTypeError } from './errors';
import { checkJsonText, JsonLimits } from './jsonText';

/** Largest body that the API reads. */
export interface BodyLimits extends JsonLimits {
  bytes: number;
}

/** Reads a JSON body within limits. */
export function readBody(
  limits: BodyLimits,
): (RequestHandler | ErrorRequestHandler)[] {
  const readBytes = express.raw({
    type: 'application/json',
    limit: limits.bytes,
  });
  const tellWhy: ErrorRequestHandler = (error, _request, _response, next) =>
    next(readingError(error, limits));
  const parse: RequestHandler = (request, _response, next) => {
    if (!Buffer.isBuffer(request.body)) {
      throw new UnsupportedMediaTypeError(
        'The body must be sent as application/json.',
      );
    }
    checkJsonText(request.body, limits);
    request.body = parseJson(request.body);
    next();
  };
  return [readBytes, tellWhy, parse];
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

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    throw new InputError('The body is not valid JSON.');
  }
}
