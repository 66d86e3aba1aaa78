import {
  InputError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  InputProblemDetail,
  OrchestratorErrorBody,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { isDatabaseAway } from '../database';
import { InvalidInputError, TooManyRequestsError } from './errors';

export interface ErrorReply {
  status: number;
  headers: Record<string, string>;
  error: OrchestratorErrorBody['error'];
}

const TOO_SLOW = 'The workflow engine took too long to answer.';

/**
 * What a caller is told of each error: the status, and the sentence when the error's own message
 * was not written for him. Errors that are not listed tell nothing of themselves.
 */
const REPLIES: Record<string, { status: number; message?: string }> = {
  InputError: { status: 400 },
  AuthenticationError: { status: 401 },
  NotAllowedError: { status: 403 },
  NotFoundError: { status: 404 },
  ConflictError: { status: 409 },
  InstanceNotFoundError: {
    status: 409,
    message: 'The workflow engine no longer runs this instance.',
  },
  PayloadTooLargeError: { status: 413 },
  UnsupportedMediaTypeError: { status: 415 },
  EngineRefusedError: { status: 422 },
  UnprocessableError: { status: 422 },
  TooManyRequestsError: { status: 429 },
  EngineProtocolError: {
    status: 502,
    message: 'The workflow engine gave an answer that can’t be understood.',
  },
  EngineUnreachableError: {
    status: 503,
    message: 'The workflow engine does not answer. Try again in a moment.',
  },
  ServiceUnavailableError: { status: 503 },
  EngineTimeoutError: { status: 504, message: TOO_SLOW },
  // What an engine rejects with when the time that a request gave it is over.
  TimeoutError: { status: 504, message: TOO_SLOW },
};

const RETRY_AFTER_SECONDS = 5;

/** Maps any error to the reply; the only place that does. */
export function errorReply(cause: unknown): ErrorReply {
  const error = inOurWords(cause);
  const name = isError(error) ? error.name : '';
  const reply = Object.hasOwn(REPLIES, name) ? REPLIES[name] : undefined;
  if (!reply || !isError(error)) {
    return {
      status: 500,
      headers: {},
      error: {
        name: 'InternalError',
        message: 'Something went wrong in the portal; its log says what.',
      },
    };
  }
  return {
    status: reply.status,
    headers: headersOf(error, reply.status),
    error: {
      name,
      message: reply.message ?? error.message,
      ...detailsOf(error),
    },
  };
}

/** Errors of others that mean something to the caller. */
function inOurWords(cause: unknown): unknown {
  if (cause instanceof URIError) {
    return new InputError('The path is not encoded as addresses have to be.');
  }
  return isDatabaseAway(cause)
    ? new ServiceUnavailableError(
        'The portal’s database does not answer. Try again in a moment.',
      )
    : cause;
}

function headersOf(error: unknown, status: number): Record<string, string> {
  if (error instanceof TooManyRequestsError) {
    return { 'Retry-After': String(error.retryAfterSeconds) };
  }
  return status === 503 ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : {};
}

function detailsOf(error: unknown): { details?: InputProblemDetail[] } {
  return error instanceof InvalidInputError && error.details.length > 0
    ? { details: [...error.details] }
    : {};
}
