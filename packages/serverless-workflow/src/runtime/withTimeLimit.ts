import { createContext, Script } from 'node:vm';

/** A piece of work took longer than it may. @public */
export class TimeLimitError extends Error {
  name = 'TimeLimitError';
}

const TIMED_OUT = 'ERR_SCRIPT_EXECUTION_TIMEOUT';
const context = createContext({});
const script = new Script('work()');

/**
 * Runs synchronous work and ends it when it takes too long, even inside a regular expression: the
 * definitions and schemas that it reads are not trusted. Costs a thread for each call.
 *
 * @throws TimeLimitError after the given time
 * @public
 */
export function withTimeLimit<T>(timeoutMs: number, work: () => T): T {
  context.work = work;
  try {
    return script.runInContext(context, { timeout: timeoutMs });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === TIMED_OUT) {
      throw new TimeLimitError(`It takes longer than ${timeoutMs} ms.`);
    }
    throw error;
  } finally {
    delete context.work;
  }
}
