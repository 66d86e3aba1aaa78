import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Workflows and their instances. */
  orchestrator?: {
    /**
     * The engine that executes workflows, e.g. `embedded` or `sonataflow`. Optional when only one
     * engine module is installed.
     */
    engine?: string;
    instances?: {
      /**
       * How long finished instances are kept in the portal's own store. Unfinished ones are never
       * deleted. Without it, all are kept.
       */
      retention?: HumanDuration | string;
    };
    run?: {
      /**
       * How long a run request waits for the engine before it answers that the start goes on in the
       * background. Default: 3 seconds.
       */
      wait?: HumanDuration | string;
      /**
       * After how long a run that the engine has not confirmed is marked for a person to look at.
       * Default: 10 minutes.
       */
      confirmWithin?: HumanDuration | string;
    };
    /** Delivery of the events that were taken. */
    events?: {
      /** Answers of "no" after which an event is put aside as undeliverable. Default: 5. */
      attempts?: number;
      /** How long a target that can't be reached is tried. Default: 1 day. */
      giveUpAfter?: HumanDuration | string;
      /**
       * How long delivered events are kept; when one is sent again within that time, it is known
       * again. Default: 7 days.
       */
      retention?: HumanDuration | string;
    };
    limits?: {
      /** Largest request body in bytes. Default: 1000000. */
      bodyBytes?: number;
      /** Deepest nesting of a request body. Default: 256. */
      bodyDepth?: number;
      /** Most members and elements of a request body. Default: 100000. */
      bodyValues?: number;
      /** Largest event in bytes. Default: 500000. */
      eventBytes?: number;
      /** Events of one sender that may wait for their delivery. Default: 10000. */
      waitingEventsPerSender?: number;
      /** Runs that one user or service may start in a minute. Default: 600. */
      runsPerMinute?: number;
      /** Runs that one user or service may start at once. Default: 100. */
      runBurst?: number;
    };
  };
}
