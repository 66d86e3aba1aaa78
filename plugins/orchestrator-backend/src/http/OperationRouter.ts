import {
  AuditorService,
  AuditorServiceEvent,
  AuditorServiceEventSeverityLevel,
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyError, toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  openApiDocument,
  operations,
  OrchestratorErrorBody,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import express, {
  ErrorRequestHandler,
  Request,
  RequestHandler,
  Response,
  Router,
} from 'express';
import { IncomingHttpHeaders } from 'node:http';
import { errorReply } from './errorReply';
import { BodyLimits, readBody, readRawBody } from './readBody';
import { refuseNul } from './refuseNul';
import { validateRequest } from './validateRequest';

type OperationId = keyof operations;

/** Credentials of whoever is signed in, person or service. */
export type CallerCredentials = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/** A request that the API document allows, by a caller who is known. */
export interface OperationRequest<Id extends OperationId> {
  path: operations[Id]['parameters']['path'];
  query: NonNullable<operations[Id]['parameters']['query']>;
  body: operations[Id] extends {
    requestBody: { content: { 'application/json': infer Body } };
  }
    ? Body
    : undefined;
  header(name: string): string | undefined;
  headers: IncomingHttpHeaders;
  credentials: CallerCredentials;
  /** Opens a further audit event of this request, for one of several things that it does. */
  audit(
    eventId: string,
    meta: JsonObject,
  ): Promise<Pick<AuditorServiceEvent, 'success' | 'fail'>>;
  /** Adds to the audit event of this request. */
  note(meta: JsonObject): void;
}

/** A request of a sender outside the portal. */
export interface PublicRequest<Id extends OperationId> {
  path: operations[Id]['parameters']['path'];
  headers: IncomingHttpHeaders;
  /** The body as it was sent. */
  bytes: Buffer;
  /** Adds to the audit event of this request. */
  note(meta: JsonObject): void;
}

/** One of the replies that the API document names. */
export type OperationReply<Id extends OperationId> = {
  [Status in keyof operations[Id]['responses'] & number]: {
    status: Status;
    body: operations[Id]['responses'][Status] extends {
      content: { 'application/json': infer Body };
    }
      ? Body
      : never;
  };
}[keyof operations[Id]['responses'] & number];

/** A reply with its status kept as a literal. */
export function reply<Status extends number, Body>(status: Status, body: Body) {
  return { status, body };
}

export type OperationHandler<Id extends OperationId> = (
  request: OperationRequest<Id>,
) => Promise<OperationReply<Id>>;

interface OperationAudit {
  eventId: string;
  severityLevel: AuditorServiceEventSeverityLevel;
}

/** What belongs to one request. */
interface Trail {
  event?: AuditorServiceEvent;
  meta: JsonObject;
}

/** What a sender calls his credentials is not the portal's: the auditor would try to read it. */
const withoutCredentials: RequestHandler = (request, _response, next) => {
  delete request.headers.authorization;
  delete request.headers.cookie;
  next();
};

/**
 * Routes by the operations of the API document. Each operation gets the same treatment: its audit
 * event is opened first and closed on every path, the body is read within limits, the request is
 * checked against the document, errors are mapped in one place.
 */
export class OperationRouter {
  readonly #router: Router;
  readonly #httpAuth: HttpAuthService;
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;
  readonly #bodyLimits: BodyLimits;
  readonly #validate = validateRequest();
  readonly #trails = new WeakMap<Request, Trail>();

  static create(options: {
    httpAuth: HttpAuthService;
    auditor: AuditorService;
    logger: LoggerService;
    bodyLimits: BodyLimits;
  }): OperationRouter {
    return new OperationRouter(options);
  }

  private constructor(options: {
    httpAuth: HttpAuthService;
    auditor: AuditorService;
    logger: LoggerService;
    bodyLimits: BodyLimits;
  }) {
    this.#router = express.Router();
    this.#httpAuth = options.httpAuth;
    this.#auditor = options.auditor;
    this.#logger = options.logger;
    this.#bodyLimits = options.bodyLimits;
  }

  /** Serves an operation. Events of writing operations have severity medium. */
  serve<Id extends OperationId>(
    operationId: Id,
    audit: OperationAudit,
    handler: OperationHandler<Id>,
  ): this {
    const { method, path, mediaTypes } = routeOf(operationId);
    this.#router[method](
      path,
      this.#open(audit),
      ...(mediaTypes ? readBody(this.#bodyLimits, mediaTypes) : []),
      ...this.#validate,
      // Events have a check of their own, and may be nothing but data.
      refuseNul({ body: !mediaTypes?.some(isEventType) }),
      this.#handle(handler),
    );
    return this;
  }

  /** Serves an operation that needs no Backstage credentials and reads none. */
  servePublic<Id extends OperationId>(
    operationId: Id,
    audit: OperationAudit,
    handler: (request: PublicRequest<Id>) => Promise<OperationReply<Id>>,
  ): this {
    const { method, path } = routeOf(operationId);
    this.#router[method](
      path,
      withoutCredentials,
      this.#open(audit),
      ...readRawBody(this.#bodyLimits),
      ...this.#validate,
      refuseNul({ body: false }),
      this.#handlePublic(handler),
    );
    return this;
  }

  /** The router, to be mounted when all operations are served. */
  build(): Router {
    this.#router.use(this.#fail());
    return this.#router;
  }

  #open({ eventId, severityLevel }: OperationAudit): RequestHandler {
    return wrapped(async (request, _response, next) => {
      const trail: Trail = { meta: { ...request.params } };
      this.#trails.set(request, trail);
      trail.event = await this.#auditor.createEvent({
        eventId,
        severityLevel,
        request,
        meta: trail.meta,
      });
      next();
    });
  }

  #handle<Id extends OperationId>(
    handler: OperationHandler<Id>,
  ): RequestHandler {
    return wrapped(async (request, response) => {
      const trail = this.#trails.get(request);
      const { status, body } = await handler({
        // The document was checked just before; it is what these types are made from.
        path: request.params as OperationRequest<Id>['path'],
        query: request.query as OperationRequest<Id>['query'],
        body: request.body as OperationRequest<Id>['body'],
        header: name => request.get(name),
        headers: request.headers,
        credentials: await this.#httpAuth.credentials(request, {
          allow: ['user', 'service'],
        }),
        audit: (eventId, meta) =>
          this.#auditor.createEvent({
            eventId,
            severityLevel: 'medium',
            request,
            meta,
          }),
        note: meta => Object.assign(trail?.meta ?? {}, meta),
      });
      await trail?.event?.success({ meta: trail.meta });
      response.status(status).json(body);
    });
  }

  #handlePublic<Id extends OperationId>(
    handler: (request: PublicRequest<Id>) => Promise<OperationReply<Id>>,
  ): RequestHandler {
    return wrapped(async (request, response) => {
      const trail = this.#trails.get(request);
      const { status, body } = await handler({
        path: request.params as OperationRequest<Id>['path'],
        headers: request.headers,
        bytes: request.body,
        note: meta => Object.assign(trail?.meta ?? {}, meta),
      });
      await trail?.event?.success({ meta: trail.meta });
      response.status(status).json(body);
    });
  }

  #fail(): ErrorRequestHandler {
    return (error, request, response, next) => {
      void this.#close(error, request, response).catch(next);
    };
  }

  async #close(error: unknown, request: Request, response: Response) {
    const { status, headers, error: told } = errorReply(error);
    const trail = this.#trails.get(request);
    await trail?.event?.fail({ error: toError(error), meta: trail.meta });
    if (status >= 500) {
      this.#logger.warn(
        `${request.method} ${
          request.path
        } failed with ${status}: ${stringifyError(error)}`,
      );
    }
    const body: OrchestratorErrorBody = {
      error: told,
      request: { method: request.method, url: request.originalUrl },
      response: { statusCode: status },
    };
    response.status(status).set(headers).json(body);
  }
}

type Method = 'get' | 'post' | 'patch';

/** Method and path of an operation, the path as express writes it. */
function routeOf(operationId: OperationId): {
  method: Method;
  path: string;
  /** Of the body; undefined without one. */
  mediaTypes: string[] | undefined;
} {
  for (const [path, methods] of Object.entries(openApiDocument.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId === operationId && isMethod(method)) {
        return {
          method,
          path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
          mediaTypes: operation.requestBody
            ? Object.keys(operation.requestBody.content)
            : undefined,
        };
      }
    }
  }
  throw new Error(`The API document has no operation ${operationId}`);
}

function isEventType(mediaType: string): boolean {
  return mediaType.startsWith('application/cloudevents');
}

function isMethod(method: string): method is Method {
  return method === 'get' || method === 'post' || method === 'patch';
}

/** Hands what an asynchronous handler throws to the error handler. */
function wrapped(
  handler: (
    request: Request,
    response: Response,
    next: () => void,
  ) => Promise<void>,
): RequestHandler {
  return (request, response, next) => {
    handler(request, response, next).catch(next);
  };
}
