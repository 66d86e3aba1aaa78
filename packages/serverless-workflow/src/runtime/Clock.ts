/** Time as the runtime sees it; replaced in tests. @public */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back at the given time, however far away; returns the function that cancels. */
  at(timeMs: number, callback: () => void): () => void;
}
