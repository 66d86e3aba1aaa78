import { InputProblemDetail, OrchestratorErrorBody } from '../model';

/** The API refused or failed to answer a request. @public */
export class OrchestratorError extends Error {
  /** HTTP status of the reply. */
  readonly status: number;
  /** One entry for each thing that is wrong with the input; often empty. */
  readonly details: readonly InputProblemDetail[];
  /** After how many seconds to try again, when the API said so (429, 503). */
  readonly retryAfterSeconds: number | undefined;

  /** Reads an error reply; one without Backstage's error body is told by its status. */
  static fromReply(response: Response, body: unknown): OrchestratorError {
    const error = isErrorBody(body) ? body.error : undefined;
    return new OrchestratorError({
      name: error?.name ?? 'OrchestratorError',
      message:
        error?.message ??
        `The request failed with status ${response.status} ${response.statusText}`.trim(),
      status: response.status,
      details: error?.details ?? [],
      retryAfterSeconds: secondsOf(response.headers.get('Retry-After')),
    });
  }

  private constructor(options: {
    name: string;
    message: string;
    status: number;
    details: readonly InputProblemDetail[];
    retryAfterSeconds: number | undefined;
  }) {
    super(options.message);
    this.name = options.name;
    this.status = options.status;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Whether something thrown by the client is an error reply of the API. @public */
export function isOrchestratorError(
  error: unknown,
): error is OrchestratorError {
  return error instanceof OrchestratorError;
}

function isErrorBody(body: unknown): body is OrchestratorErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) {
    return false;
  }
  const { error } = body;
  return (
    typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    typeof error.message === 'string'
  );
}

function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
}
