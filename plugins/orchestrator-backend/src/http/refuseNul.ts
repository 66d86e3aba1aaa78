import { InputError } from '@backstage/errors';
import { RequestHandler } from 'express';

/** Members of a body that go to the engine as they are: what is in them is for the workflow to judge. */
const OF_THE_WORKFLOW = new Set(['input', 'data']);

/**
 * Refuses NUL in all that the portal itself reads of a request: PostgreSQL keeps it in no text.
 *
 * @param options.body - whether the body is the portal's to read
 */
export function refuseNul(options: { body: boolean }): RequestHandler {
  return (request, _response, next) => {
    const { params, query, body } = request;
    const place =
      placeOfNul(params) ??
      placeOfNul(query) ??
      (options.body ? placeOfNul(body) : undefined);
    next(
      place === undefined
        ? undefined
        : new InputError(`${place} must not hold the character NUL.`),
    );
  };
}

/** The name of the first member that holds NUL; the request was found to be no deeper than allowed. */
function placeOfNul(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [name, member] of Object.entries(value)) {
    if (OF_THE_WORKFLOW.has(name)) {
      continue;
    }
    if (typeof member === 'string' && member.includes('\u0000')) {
      return name;
    }
    const below = placeOfNul(member);
    if (below !== undefined) {
      return Array.isArray(value) ? below : `${name}/${below}`;
    }
  }
  return undefined;
}
