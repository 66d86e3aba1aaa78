import { HumanDuration } from '@backstage/types';

export interface Config {
  orchestrator?: {
    /** The production engine: SonataFlow services and their Data Index. */
    sonataflow?: {
      dataIndex: {
        /** Address of the Data Index; `/graphql` is added unless the path ends with it. */
        url: string;
        /**
         * Bearer token sent with each request.
         * @visibility secret
         */
        token?: string;
        /** How long one request may take; 10 seconds when left out. */
        timeout?: HumanDuration | string;
        /** Certificate authorities in PEM that are trusted beside the usual ones. */
        ca?: string;
        /** Client certificate in PEM, for mutual TLS. */
        cert?: string;
        /**
         * Key of the client certificate in PEM.
         * @visibility secret
         */
        key?: string;
      };
      /**
       * The workflow services that may be called. The first entry that matches an address of the
       * Data Index decides; an address that none matches is never called.
       */
      services?: Array<{
        /**
         * Scheme, host, port and optionally the first part of the path. The host may start with
         * `*.`, the port may be `*`.
         */
        match: string;
        /**
         * What is called instead, for portals outside the cluster; `*` stands for what the star in
         * `match` stood for.
         */
        rewrite?: string;
        /**
         * Whether the host may have a loopback or private address. Defaults to true for an exact
         * host and to false for a host with a star.
         */
        allowPrivate?: boolean;
        /** How the portal introduces itself to the service. */
        auth?:
          | {
              type: 'bearer';
              /** @visibility secret */
              token: string;
            }
          | {
              type: 'mtls';
              /** Client certificate in PEM. */
              cert: string;
              /**
               * Key of the client certificate in PEM.
               * @visibility secret
               */
              key: string;
            };
        /** Certificate authorities in PEM that are trusted beside the usual ones. */
        ca?: string;
        /**
         * How long a start or an event may take; 30 seconds when left out. What is read takes at most 5
         * seconds, and everything else that people do 10, or as long as this when it is shorter.
         */
        timeout?: HumanDuration | string;
      }>;
      /**
       * What requests to the Data Index, the services and the sink go through. `false` calls them
       * directly; left out, HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment decide. Behind a
       * proxy the proxy resolves names: the host in `match` decides, `allowPrivate` only for what
       * is written as an address.
       */
      proxy?:
        | false
        | {
            url: string;
            username?: string;
            /** @visibility secret */
            password?: string;
            /**
             * What is called directly: host names with those below them, addresses, CIDRs, each with
             * a port if wanted, or `*`.
             */
            bypass?: string[];
          };
      events?: {
        /** Where events for workflows are sent, e.g. a broker; left out, each service gets them. */
        sink?: string;
        /**
         * Bearer token for the sink.
         * @visibility secret
         */
        token?: string;
        /** How long one request may take; 10 seconds when left out. */
        timeout?: HumanDuration | string;
        /** Certificate authorities in PEM that are trusted beside the usual ones. */
        ca?: string;
        /** Client certificate in PEM, for mutual TLS. */
        cert?: string;
        /**
         * Key of the client certificate in PEM.
         * @visibility secret
         */
        key?: string;
      };
    };
  };
}
