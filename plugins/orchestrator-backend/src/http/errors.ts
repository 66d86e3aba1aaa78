import { CustomErrorBase } from '@backstage/errors';
import { InputProblemDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** The request or the input of a run is wrong, in each of the listed ways. */
export class InvalidInputError extends CustomErrorBase {
  name = 'InputError' as const;
  readonly details: readonly InputProblemDetail[];

  constructor(message: string, details: readonly InputProblemDetail[]) {
    super(message);
    this.details = details;
  }
}

/** The body has more bytes than allowed. */
export class PayloadTooLargeError extends CustomErrorBase {
  name = 'PayloadTooLargeError' as const;
}

/** The request is well formed, and nobody would do anything with it. */
export class UnprocessableError extends CustomErrorBase {
  name = 'UnprocessableError' as const;
}

/** The body is of a type that the API does not read. */
export class UnsupportedMediaTypeError extends CustomErrorBase {
  name = 'UnsupportedMediaTypeError' as const;
}

/** The caller asks for more than his share. */
export class TooManyRequestsError extends CustomErrorBase {
  name = 'TooManyRequestsError' as const;
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
