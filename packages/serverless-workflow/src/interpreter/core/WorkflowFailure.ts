/** Java classes that `onErrors` may name, from the most special to the most general one. */
const HIERARCHY: Record<string, string[]> = {
  IllegalArgumentException: [
    'java.lang.IllegalArgumentException',
    'java.lang.RuntimeException',
    'java.lang.Exception',
    'java.lang.Throwable',
  ],
  IllegalStateException: [
    'java.lang.IllegalStateException',
    'java.lang.RuntimeException',
    'java.lang.Exception',
    'java.lang.Throwable',
  ],
  RuntimeException: [
    'java.lang.RuntimeException',
    'java.lang.Exception',
    'java.lang.Throwable',
  ],
  MessageException: [
    'org.kie.kogito.process.MessageException',
    'java.lang.RuntimeException',
    'java.lang.Exception',
    'java.lang.Throwable',
  ],
  WorkItemExecutionException: [
    'org.kie.kogito.internal.process.workitem.WorkItemExecutionException',
    'org.kie.kogito.internal.process.workitem.WorkItemHandlerRuntimeException',
    'java.lang.RuntimeException',
    'java.lang.Exception',
    'java.lang.Throwable',
  ],
  ConnectException: [
    'java.net.ConnectException',
    'java.net.SocketException',
    'java.io.IOException',
    'java.lang.Exception',
    'java.lang.Throwable',
  ],
  TimeoutException: [
    'java.util.concurrent.TimeoutException',
    'java.lang.Exception',
    'java.lang.Throwable',
  ],
};

/** The Java exception that SonataFlow would have thrown; decides what `onErrors` catches. */
export type FailureKind = keyof typeof HIERARCHY;

/** @public */
export interface WorkflowFailureDetails {
  /** Status of a failed HTTP call, or another error code that `onErrors` may name. */
  code?: string;
  /** Called address without its query. */
  url?: string;
  cause?: unknown;
  /** Fully qualified Java name of the exception that SonataFlow would have wrapped. */
  causeClass?: string;
}

/**
 * Ends or diverts an instance: the counterpart of an exception in SonataFlow.
 */
export class WorkflowFailure extends Error {
  readonly kind: FailureKind;
  readonly code: string | undefined;
  readonly url: string | undefined;
  readonly causeClass: string | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    details: WorkflowFailureDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'WorkflowFailure';
    this.kind = kind;
    this.code = details.code;
    this.url = details.url;
    this.causeClass = details.causeClass;
  }

  /** Fully qualified Java names: its class first, then what that extends. */
  get classNames(): readonly string[] {
    return HIERARCHY[this.kind];
  }

  /** Status that SonataFlow answers over HTTP when this ends an instance. */
  get status(): number {
    if (
      this.kind === 'IllegalArgumentException' ||
      this.kind === 'MessageException'
    ) {
      return 400;
    }
    const code = Number(this.code);
    return [400, 403, 404, 409, 412].includes(code) ? code : 500;
  }
}

const JQ_EXCEPTION = 'net.thisptr.jackson.jq.exception.JsonQueryException';

/** Wraps whatever was thrown. */
export function toFailure(error: unknown): WorkflowFailure {
  if (error instanceof WorkflowFailure) {
    return error;
  }
  if (error instanceof Error && error.name === 'ExpressionError') {
    return new WorkflowFailure('IllegalArgumentException', error.message, {
      cause: error,
      causeClass: JQ_EXCEPTION,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new WorkflowFailure('RuntimeException', message, { cause: error });
}
