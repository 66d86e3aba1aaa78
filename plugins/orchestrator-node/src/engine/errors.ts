import { CustomErrorBase } from '@backstage/errors';

/** The engine does not answer: 503 to the caller. @public */
export class EngineUnreachableError extends CustomErrorBase {
  name = 'EngineUnreachableError' as const;
}

/** The engine could not be called at all, so that it saw nothing of what was wanted. @public */
export class EngineNotCalledError extends EngineUnreachableError {}

/** The engine did not answer in time: 504 to the caller. @public */
export class EngineTimeoutError extends CustomErrorBase {
  name = 'EngineTimeoutError' as const;
}

/** The engine answered what it should not: 502 to the caller. @public */
export class EngineProtocolError extends CustomErrorBase {
  name = 'EngineProtocolError' as const;
}

/** The engine declined the action: 422 to the caller. @public */
export class EngineRefusedError extends CustomErrorBase {
  name = 'EngineRefusedError' as const;
}

/** The engine knows no such unfinished instance. @public */
export class InstanceNotFoundError extends CustomErrorBase {
  name = 'InstanceNotFoundError' as const;
}
