import { RunOutcome } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EgressRefusedError } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { parseJson, recordOf, textOf } from '../dataIndex/json';
import { HttpFailure } from '../http/HttpFailure';
import { HttpAnswer } from '../http/HttpTransport';
import { answerMessage } from './answerMessage';
import { inputProblems } from './inputProblems';

/**
 * What an answer to `POST /{workflowId}` proves.
 *
 * An id in the body means that an instance exists, whatever the status: a failing workflow answers
 * with 4xx or 5xx and its id. Without an id only the service's own 4xx proves that nothing started;
 * everything else (gateway errors, redirects, empty answers) leaves it open.
 */
export function outcomeOfAnswer(answer: HttpAnswer): RunOutcome {
  const { status } = answer;
  const body = recordOf(parseJson(answer.text));
  const engineInstanceId = textOf(body?.id);
  if (status >= 200 && status < 300) {
    const startedId = engineInstanceId ?? idFromLocation(answer.headers);
    return startedId
      ? { outcome: 'started', engineInstanceId: startedId }
      : unknown(
          `The workflow service answered ${status} without an instance id`,
        );
  }
  if (engineInstanceId) {
    return {
      outcome: 'failed',
      engineInstanceId,
      message: answerMessage(answer) ?? `The workflow failed (HTTP ${status})`,
    };
  }
  return provesNothingStarted(answer)
    ? refusal(status, answerMessage(answer))
    : unknown(`The workflow service answered with HTTP ${status}`);
}

/** What a request without a usable answer proves. */
export function outcomeOfFailure(failure: HttpFailure): RunOutcome {
  if (failure.kind === 'not-sent') {
    return {
      outcome: 'refused',
      reason: 'unreachable',
      message: isNetworkError(failure)
        ? 'The workflow service cannot be reached'
        : failure.message,
    };
  }
  const startedId =
    failure.kind === 'too-large' && failure.status === 201
      ? idFromLocation(failure.headers ?? {})
      : undefined;
  return startedId
    ? { outcome: 'started', engineInstanceId: startedId }
    : unknown('The workflow service was asked, but its answer is not known');
}

/** Words of the network tell addresses; those of our own rules help. */
function isNetworkError({ cause }: HttpFailure): boolean {
  return cause !== undefined && !(cause instanceof EgressRefusedError);
}

/**
 * A 408 comes from gateways that gave up waiting after they had passed the request on. An answer that
 * the end of the connection ends may have been cut before its id.
 */
function provesNothingStarted({ status, headers, text }: HttpAnswer): boolean {
  const isWhole =
    'content-length' in headers ||
    'transfer-encoding' in headers ||
    recordOf(parseJson(text)) !== undefined;
  return status >= 400 && status < 500 && status !== 408 && isWhole;
}

function refusal(status: number, message: string | undefined): RunOutcome {
  const problems = message && inputProblems(message);
  if (problems) {
    return {
      outcome: 'refused',
      reason: 'input',
      message: 'The input does not match the schema of the workflow',
      problems,
    };
  }
  if (status === 404) {
    return {
      outcome: 'refused',
      reason: 'unknown-workflow',
      message: 'The workflow service does not know the workflow',
    };
  }
  return {
    outcome: 'refused',
    reason: status === 429 ? 'limit' : 'engine',
    message: refusalMessage(status, message),
  };
}

function refusalMessage(status: number, message: string | undefined): string {
  if (status === 401 || status === 403) {
    return `The workflow service refused the portal's credentials (HTTP ${status})`;
  }
  if (status === 407) {
    return "The proxy refused the portal's credentials (HTTP 407)";
  }
  if (status === 429) {
    return 'The workflow service takes no more requests at the moment';
  }
  if (message && /no start node that matches the trigger/i.test(message)) {
    return 'The workflow starts only by an event';
  }
  return message
    ? `The workflow service refused the input: ${message}`
    : `The workflow service refused the input (HTTP ${status})`;
}

/** `Location: http://host/{workflowId}/{instanceId}`. */
function idFromLocation(headers: Record<string, string>): string | undefined {
  const id = headers.location?.split(/[?#]/)[0].split('/').pop();
  return id && /^[\w-]{8,128}$/.test(id) ? id : undefined;
}

function unknown(message: string): RunOutcome {
  return { outcome: 'unknown', message };
}
