import { compile } from '@open-orchestrator/jq';
import { WorkflowFailure } from './WorkflowFailure';

const CLASS_NAME = /^(?:[\p{L}_$][\p{L}\p{N}_$]*\.)*[\p{L}_$][\p{L}\p{N}_$]*$/u;

const TEST = compile('test($code)', { variables: ['code'] });
const BUDGET = { steps: 1_000_000, timeMs: 1_000 };

type Policy = (code: string, failure: WorkflowFailure) => boolean;

/** SonataFlow's policies in the order in which it asks them (`ExceptionHandlerPolicyFactory`). */
const POLICIES: Policy[] = [
  (code, failure) =>
    failure.code !== undefined &&
    code.slice(code.lastIndexOf(':') + 1) === failure.code,
  (code, failure) => failure.classNames[0] === code,
  (code, failure) => !CLASS_NAME.test(code) && code === failure.message,
  (code, failure) => failure.causeClass === code,
  (code, failure) => !CLASS_NAME.test(code) && messageMatches(code, failure),
  (code, failure) => failure.classNames.includes(code, 1),
];

/**
 * The handler that catches the failure. Each policy is asked for all handlers before the next one,
 * so that a status beats a class name, and a class beats what it extends.
 */
export function matchErrorHandler<T extends { code: string }>(
  handlers: readonly T[],
  failure: WorkflowFailure,
): T | undefined {
  for (const policy of POLICIES) {
    const found = handlers.find(handler => policy(handler.code, failure));
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** The pattern runs as a jq program, whose budget stops one that would take for ever. */
function messageMatches(code: string, { message }: WorkflowFailure): boolean {
  try {
    const [found] = TEST.evaluate(message, {
      variables: { code },
      budget: BUDGET,
    });
    return found === true;
  } catch {
    return false;
  }
}
