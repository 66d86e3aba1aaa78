import { NotFoundError } from '@backstage/errors';
import {
  InputProblemDetail,
  openApiDocument,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ErrorRequestHandler, RequestHandler } from 'express';
import {
  error as validationErrors,
  middleware as createValidator,
} from 'express-openapi-validator';
import { InvalidInputError, UnsupportedMediaTypeError } from './errors';

type ApiSpec = Exclude<
  Parameters<typeof createValidator>[0]['apiSpec'],
  string
>;

/** Checks requests against the API document; parameters that it does not name are refused. */
export function validateRequest(): (RequestHandler | ErrorRequestHandler)[] {
  const validators = createValidator({
    // The validator adds to the document that it is given.
    apiSpec: structuredClone(openApiDocument) as unknown as ApiSpec,
    validateRequests: { allowUnknownQueryParameters: false },
    validateResponses: false,
    validateSecurity: false,
    validateApiSpec: false,
    useRequestUrl: true,
    ignoreUndocumented: true,
  });
  const tellWhy: ErrorRequestHandler = (error, _request, _response, next) =>
    next(requestError(error));
  return [...validators, tellWhy];
}

function requestError(error: unknown): unknown {
  if (error instanceof validationErrors.BadRequest) {
    const details = error.errors.map(({ path, message }) =>
      problemOf(path, message),
    );
    return new InvalidInputError(
      `The request is not as the API wants it: ${details
        .map(detail => detail.message)
        .join('; ')}.`,
      details,
    );
  }
  if (error instanceof validationErrors.UnsupportedMediaType) {
    return new UnsupportedMediaTypeError(
      'The body must be sent as application/json.',
    );
  }
  if (error instanceof validationErrors.NotFound) {
    return new NotFoundError('The API has no such path.');
  }
  return error;
}

/** `/body/input/…` becomes a place in the input, as the form shows it; others are named in words. */
function problemOf(path: string, message: string): InputProblemDetail {
  const input = /^\/body\/input(\/.*)?$/.exec(path);
  if (input) {
    return { path: input[1] ?? '', message: `input ${message}` };
  }
  const name = path.replace(/^\/(query|params|headers|body)\//, '');
  return {
    message: message.includes(`'${name}'`) ? message : `${name} ${message}`,
  };
}
