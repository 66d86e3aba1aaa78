/** The tests of the production portal use this port and those after it. */
export const FIRST_PORT = Number(process.env.PRODUCTION_PORTAL_PORT ?? 24_300);
