/** Pace at which the engine process tells that it is alive, in milliseconds. */
export const HEARTBEAT_MS = 1_000;
