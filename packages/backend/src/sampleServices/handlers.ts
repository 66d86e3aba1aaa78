import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { ErrorRequestHandler, RequestHandler } from 'express';
import { z } from 'zod';
import { nameSchema } from './schemas';

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

/** Answers what was made of a body that the schema accepts. */
export const creates =
  <TSchema extends z.ZodTypeAny>(
    schema: TSchema,
    create: (body: z.output<TSchema>) => unknown,
  ): RequestHandler =>
  (req, res) => {
    res.status(201).json(create(parse(schema, req.body)));
  };

/** Answers about the name in the path. */
export const answers =
  (answer: (name: string) => unknown): RequestHandler =>
  (req, res) => {
    res.json(answer(parse(nameSchema, req.params.name)));
  };

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof InputError || error instanceof SyntaxError) return 400;
  if (error instanceof NotFoundError) return 404;
  if (error instanceof ServiceUnavailableError) return 503;
  return undefined;
};

/** Errors have the plain body that the description promises. */
export const problem: ErrorRequestHandler = (error, _req, res, next) => {
  const status = statusOf(error);
  if (status === undefined) {
    next(error);
    return;
  }
  res.status(status).json({ message: error.message });
};
