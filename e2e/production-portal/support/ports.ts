/** The tests of the production portal use this port and those after it. */
export const FIRST_PORT = Number(process.env.PRODUCTION_PORTAL_PORT ?? 24_300);

/** Of a second replica; the one between is the identity provider's. */
export const SECOND_REPLICA_PORT = FIRST_PORT + 2;

/** Where people reach what listens at a port. */
export function urlAt(port: number): string {
  return `http://localhost:${port}`;
}
