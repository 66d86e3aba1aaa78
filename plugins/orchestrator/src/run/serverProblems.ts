import { ErrorSchema } from '@rjsf/utils';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  InputProblemDetail,
  isOrchestratorError,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** What the server found wrong, and the input that it looked at. */
export interface ServerProblems {
  input: JsonObject;
  details: readonly InputProblemDetail[];
}

export function problemsOf(
  error: unknown,
  input: JsonObject,
): ServerProblems | undefined {
  return isOrchestratorError(error) && error.details.length > 0
    ? { input, details: error.details }
    : undefined;
}

function tokensOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(token => token.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function valueAt(root: JsonValue, pointer: string): JsonValue | undefined {
  return tokensOf(pointer).reduce<JsonValue | undefined>(
    (at, token) =>
      typeof at === 'object' && at !== null
        ? (at as JsonObject)[token]
        : undefined,
    root,
  );
}

/** The problems that still stand: those whose value has not been edited since. */
export function standingDetails(
  { input, details }: ServerProblems,
  data: JsonObject,
): InputProblemDetail[] {
  return details.filter(
    ({ path = '' }) =>
      JSON.stringify(valueAt(input, path)) ===
      JSON.stringify(valueAt(data, path)),
  );
}

/** The problems at their fields, as the form takes them. */
export function toErrorSchema(details: InputProblemDetail[]): ErrorSchema {
  const root: ErrorSchema = {};
  for (const { path = '', message } of details) {
    const at = tokensOf(path).reduce<ErrorSchema>((node, token) => {
      const fields = node as Record<string, ErrorSchema>;
      fields[token] = Object.hasOwn(fields, token) ? fields[token] : {};
      return fields[token];
    }, root);
    at.__errors = [...(at.__errors ?? []), message];
  }
  return root;
}
