import { WorkflowFailure } from '../core/WorkflowFailure';
import { CallInput, CallResult, FunctionCall } from './FunctionCall';
import { toArguments } from './Arguments';
import { parseJson } from './parseJson';

/** Functions of type `custom` with operation `jwt-parser`: the claims of a token, unverified. */
export const jwtParser: FunctionCall = {
  prepare({ args }: CallInput): CallResult {
    const { named, content } = toArguments(args);
    const token = named.get('token') ?? content;
    const payload =
      typeof token === 'string'
        ? token.replace(/^Bearer\s+/i, '').split('.')[1]
        : undefined;
    if (payload === undefined) {
      throw invalid();
    }
    return { result: parseJson(decode(payload)) };
  },
  complete() {
    throw invalid();
  },
};

function decode(payload: string): string {
  try {
    const binary = atob(payload.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(binary, char => char.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    throw invalid();
  }
}

function invalid(): WorkflowFailure {
  return new WorkflowFailure(
    'IllegalArgumentException',
    'JWT token is missing or malformed',
  );
}
