import { HumanDuration } from '@backstage/types';

export interface Config {
  orchestrator?: {
    /** The dev mode engine; read only when `orchestrator.engine` picks it. */
    embedded?: {
      /**
       * The watched workflow folder. A relative path starts at the nearest folder above the working
       * directory that has a `backstage.json`. Default `./workflows`.
       */
      workflows?: string;
      /**
       * SonataFlow's `application.properties`. Default: the file of that name in the workflow folder.
       */
      properties?: string;
      /**
       * What `$SECRET.name` gives to workflows; also fills `${name}` in the properties.
       * @deepVisibility secret
       */
      secrets?: { [name: string]: string };
      egress?: {
        /**
         * What workflows may call: exact hosts, `*.example.com` or `*`, each with an optional port,
         * and CIDR blocks. A wildcard permits public addresses only; loopback and private ones need
         * the exact host, or a CIDR block in which they lie. Default `['*']`: every public address.
         */
        allow?: string[];
      };
      limits?: {
        /** Unfinished instances at once. Default 1000. */
        instances?: number;
        /** Finished instances whose details are kept. Default 5000. */
        finished?: number;
        /** Nodes that one instance may enter. Default 100000. */
        steps?: number;
        /** Size of the data of one instance as JSON text, in bytes. Default 2000000. */
        dataBytes?: number;
        /** Heap of the engine process, in megabytes. Default 256. */
        memoryMb?: number;
      };
      /**
       * Looks for changes at this interval instead of waiting for file events, for mounts that send
       * none.
       */
      poll?: HumanDuration | string;
    };
  };
}
