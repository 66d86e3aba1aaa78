import { HttpFailure } from '../http/HttpFailure';
import { HttpAnswer } from '../http/HttpTransport';
import { GraphQLFailure } from './GraphQLFailure';
import { JsonRecord, parseJson, recordOf, recordsOf, textOf } from './json';

const DETAIL_CHARACTERS = 500;

/** What the Data Index answered. */
export interface GraphQLAnswer {
  data: JsonRecord;
  /** What it wrote about the places that it could not fill; empty when it filled all. */
  gaps: string;
}

/**
 * Validation and execution problems arrive as HTTP 200 with `errors`; an error below the first field
 * leaves the rest of the data usable, and a row that it spoilt is null.
 *
 * @throws GraphQLFailure, or HttpFailure when something in front of the Data Index answered
 */
export function readGraphQLAnswer(answer: HttpAnswer): GraphQLAnswer {
  const { status } = answer;
  if (status >= 502 && status <= 504) {
    throw new HttpFailure(
      'broken',
      `The Data Index is not available (HTTP ${status})`,
    );
  }
  const body = recordOf(parseJson(answer.text));
  if (status !== 200 || !body) {
    throw new GraphQLFailure(
      status === 401 || status === 403
        ? `refused the portal's credentials (HTTP ${status})`
        : `answered with HTTP ${status} and no GraphQL result`,
      {
        detail: answer.text.slice(0, DETAIL_CHARACTERS),
        isTransient: status >= 500,
      },
    );
  }
  const errors = recordsOf(body.errors);
  const fatal = errors.filter(isFatal);
  const data = recordOf(body.data);
  if (fatal.length > 0 || !data) {
    throw graphQLErrors(fatal);
  }
  return { data, gaps: messagesOf(errors) };
}

/** An error with a path deeper than the first field spoilt only that place. */
function isFatal(error: JsonRecord): boolean {
  return !(Array.isArray(error.path) && error.path.length > 1);
}

function graphQLErrors(errors: JsonRecord[]): GraphQLFailure {
  const kinds = errors.map(
    error => textOf(recordOf(error.extensions)?.classification) ?? 'unknown',
  );
  const isSchemaMismatch = kinds.includes('ValidationError');
  return new GraphQLFailure(
    isSchemaMismatch
      ? 'does not have what the portal asks for; those of SonataFlow 9.9 to 10.2 do'
      : `answered with an error (${
          [...new Set(kinds)].join(', ') || 'no data'
        })`,
    {
      detail: messagesOf(errors),
      isSchemaMismatch,
      isTransient: kinds.every(kind => kind === 'DataFetchingException'),
    },
  );
}

function messagesOf(errors: JsonRecord[]): string {
  const messages = errors.map(error => textOf(error.message) ?? '');
  return [...new Set(messages)].join('; ').slice(0, DETAIL_CHARACTERS);
}
