import {
  EngineNotCalledError,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
  InstanceNotFoundError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { parseJson, recordOf } from '../dataIndex/json';
import { HttpAnswer } from '../http/HttpTransport';
import { answerMessage } from './answerMessage';

const NAME = 'The workflow service';
const NOT_ITS_OWN =
  'Something before the workflow service answered in its place (HTTP 404)';
const OWN_WORDS =
  /(?:Process|Process instance|Node instance) with id .* not found/;

/**
 * Refuses an answer to an event that has nothing to do with the event: the sender's credentials are not
 * accepted at present, by the target or a proxy before it, or he sends too many. It is worth being sent
 * later.
 */
export function throwIfTurnedAway(name: string, status: number) {
  if ([401, 403, 407, 429].includes(status)) {
    throw turnedAway(name, status);
  }
}

function turnedAway(name: string, status: number): Error {
  if (status === 407) {
    return new EngineNotCalledError(
      'The proxy does not accept the credentials of the portal (HTTP 407)',
    );
  }
  const reason =
    status === 429
      ? 'has too much to do at present'
      : 'does not accept the credentials of the portal';
  return new EngineNotCalledError(`${name} ${reason} (HTTP ${status})`);
}

/** The port's error for an answer that does not say that the action was done. */
export function throwUnlessDone(answer: HttpAnswer, action: string) {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    return;
  }
  if (status === 429) {
    throw turnedAway(NAME, status);
  }
  if (isForeign404(answer)) {
    throw new EngineUnreachableError(NOT_ITS_OWN);
  }
  if (status === 404) {
    throw new InstanceNotFoundError(
      'The workflow service knows no such unfinished instance',
    );
  }
  // A 408 comes from a gateway that may have passed the request on before it gave up.
  if (status >= 400 && status < 500 && status !== 408) {
    throw new EngineRefusedError(
      `The workflow service declined to ${action}: ${
        answerMessage(answer) ?? `HTTP ${status}`
      }`,
    );
  }
  throw unexpectedAnswer(answer, action);
}

/** The port's error for an answer that makes no sense, or that a gateway gave. */
export function unexpectedAnswer(answer: HttpAnswer, action: string): Error {
  const { status } = answer;
  const message = `The workflow service was asked to ${action} and answered with HTTP ${status}`;
  if (status === 502 || status === 503) {
    return new EngineUnreachableError(message);
  }
  if (isForeign404(answer)) {
    return new EngineUnreachableError(NOT_ITS_OWN);
  }
  return status === 504 || status === 408
    ? new EngineTimeoutError(message)
    : new EngineProtocolError(message);
}

/** The add-on answers 404 in its own words; any other 404 means that it is not there. */
export function isMissingRoute(answer: HttpAnswer): boolean {
  return answer.status === 404 && !OWN_WORDS.test(answer.text);
}

/**
 * A 404 that SonataFlow does not give where it knows the workflow: something before the service has no
 * way to it. Of an instance that it does not run it says so in its own words, in JSON, or in none.
 */
export function isForeign404(answer: HttpAnswer): boolean {
  return (
    isMissingRoute(answer) &&
    answer.text.trim() !== '' &&
    recordOf(parseJson(answer.text)) === undefined
  );
}
