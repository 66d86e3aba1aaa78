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
    permissions?: {
      /**
       * For how long the decisions of the permission policy are remembered for a caller; what is
       * permitted no more may go on for that long. `{ seconds: 0 }` asks each time. A minute at most.
       * Default: 5 seconds.
       */
      rememberFor?: HumanDuration | string;
    };
    /** Delivery of the events that were taken. */
    events?: {
      /**
       * Answers of "no" after which an event is put aside as undeliverable. Of answers that make no
       * sense, such as HTTP 500, it takes four times as many. Default: 5.
       */
      attempts?: number;
      /** How long a target that does not answer is tried. Default: 1 day. */
      giveUpAfter?: HumanDuration | string;
      /**
       * How long delivered events are kept; when one is sent again within that time, it is known
       * again. Default: 7 days.
       */
      retention?: HumanDuration | string;
    };
    /** Senders outside the portal, each at the path `/api/orchestrator/webhooks/<source>`. */
    webhooks?: Array<{
      /** Last part of the path: letters, digits, `_` and `-`. */
      source: string;
      /**
       * What the sender signs with; at least 8 characters.
       * @visibility secret
       */
      secret: string;
      /**
       * The secret before the present one, accepted while it is being changed.
       * @visibility secret
       */
      previousSecret?: string;
      signature?: {
        /**
         * `hmac-sha256` (default): HMAC over the body, as GitHub sends it. `token`: the secret itself,
         * as GitLab sends it. `timestamped`: HMAC over the time in seconds, a dot and the body.
         */
        kind?: 'hmac-sha256' | 'token' | 'timestamped';
        /** Default: `x-hub-signature-256`, `x-gitlab-token` or `x-signature`. */
        header?: string;
        /** Stands before the hexadecimal HMAC. Default: `sha256=`; none for `timestamped`. */
        prefix?: string;
        /** Default: `x-signature-timestamp`. */
        timestampHeader?: string;
        /** How far the clocks of sender and portal may be apart. Default: 5 minutes. */
        tolerance?: HumanDuration | string;
      };
      /** Types of the events that are taken; what they start, this sender may start. */
      types: string[];
      /**
       * How an event is made of the sender's own format. Without it, the body must be a CloudEvent
       * in structured mode.
       */
      event?: {
        type: WebhookText;
        /** Default: a digest of the body, so that a body counts once. */
        id?: WebhookText;
        subject?: WebhookText;
        /** Default: `/webhooks/<source>`. */
        source?: string;
      };
    }>;
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
      /** Runs that one user or service may start in a minute at each replica. Default: 600. */
      runsPerMinute?: number;
      /** Runs that one user or service may start at once at each replica. Default: 100. */
      runBurst?: number;
      /**
       * Instances that one user or service may have running or waiting; failed ones do not count.
       * Default: 5000.
       */
      unfinishedPerPrincipal?: number;
    };
  };
}

/** One of `header`, `pointer` and `value`. */
interface WebhookText {
  /** Name of a header. Most signatures do not cover headers. */
  header?: string;
  /** JSON Pointer into the body, e.g. `/repository/full_name`. */
  pointer?: string;
  value?: string;
  /** Stands before it. */
  prefix?: string;
}
