/** The settings of the dev mode engine, checked and with absolute paths. */
export interface EmbeddedConfig {
  /** The watched workflow folder. */
  workflows: string;
  /** The `application.properties` file; it need not exist. */
  properties: string;
  /** What `$SECRET.name` gives. */
  secrets: Record<string, string>;
  /** What workflows may call; see `EgressList`. */
  egressAllow: string[];
  limits: EmbeddedLimits;
  /** Look for changes at this interval instead of waiting for file events. */
  pollMs?: number;
}

/** Ceilings of the dev mode engine. */
export interface EmbeddedLimits {
  /** Unfinished instances at once. */
  instances: number;
  /** Finished instances whose details are kept. */
  finished: number;
  /** Nodes that one instance may enter. */
  steps: number;
  /** Size of the data of one instance as JSON text. */
  dataBytes: number;
  /** Heap of the engine process. */
  memoryMb: number;
}

/** Used where the configuration says nothing. */
export const DEFAULT_LIMITS: EmbeddedLimits = {
  instances: 1_000,
  finished: 5_000,
  steps: 100_000,
  dataBytes: 2_000_000,
  memoryMb: 256,
};
