import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import express, { ErrorRequestHandler, RequestHandler, Router } from 'express';
import { z } from 'zod';
import { SamplePlatform } from './SamplePlatform';
import {
  nameSchema,
  newDatabaseSchema,
  newEnvironmentSchema,
  newNotificationSchema,
  newPageSchema,
  newServiceSchema,
  newTicketSchema,
} from './schemas';

/** The routes of workflows/specs/sample-services.yaml. */
export function createRouter(platform: SamplePlatform): Router {
  const router = Router();
  router.use(express.json());
  router.post(
    '/tickets',
    creates(newTicketSchema, body => platform.createTicket(body)),
  );
  router.post(
    '/services',
    creates(newServiceSchema, body => platform.registerService(body)),
  );
  router.post(
    '/environments',
    creates(newEnvironmentSchema, body => platform.createEnvironment(body)),
  );
  router.get(
    '/environments/:name',
    answers(name => platform.getEnvironment(name)),
  );
  router.delete(
    '/environments/:name',
    answers(name => platform.deleteEnvironment(name)),
  );
  router.post(
    '/databases',
    creates(newDatabaseSchema, body => platform.createDatabase(body)),
  );
  router.delete(
    '/databases/:name',
    answers(name => platform.deleteDatabase(name)),
  );
  router.post(
    '/notifications',
    creates(newNotificationSchema, body => platform.sendNotification(body)),
  );
  router.post(
    '/pages',
    creates(newPageSchema, body => platform.pageOnCall(body)),
  );
  router.get(
    '/health-of/:name',
    answers(name => platform.healthOf(name)),
  );
  router.use(problem);
  return router;
}

const creates =
  <TSchema extends z.ZodTypeAny>(
    schema: TSchema,
    create: (body: z.output<TSchema>) => unknown,
  ): RequestHandler =>
  (req, res) => {
    res.status(201).json(create(parse(schema, req.body)));
  };

const answers =
  (answer: (name: string) => unknown): RequestHandler =>
  (req, res) => {
    res.json(answer(parse(nameSchema, req.params.name)));
  };

function parse<TSchema extends z.ZodTypeAny>(
  schema: TSchema,
  value: unknown,
): z.output<TSchema> {
  const result = schema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const place = issue.path.join('.');
    throw new InputError(place ? `${place}: ${issue.message}` : issue.message);
  }
  return result.data;
}

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof InputError || error instanceof SyntaxError) return 400;
  if (error instanceof NotFoundError) return 404;
  if (error instanceof ServiceUnavailableError) return 503;
  return undefined;
};

/** Errors have the plain body that the description promises. */
const problem: ErrorRequestHandler = (error, _req, res, next) => {
  const status = statusOf(error);
  if (status === undefined) {
    next(error);
    return;
  }
  res.status(status).json({ message: error.message });
};
