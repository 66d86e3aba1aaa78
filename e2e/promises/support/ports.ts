/** The promises use this port and those around it. */
export const FIRST_PORT = Number(process.env.PROMISES_PORT ?? 24_200);

/** Where the service listens that the workflow `promise_secret` calls. */
export const CALLED_SERVICE_PORT = FIRST_PORT - 1;

/** Where the contract of engines puts the service that one of its workflows calls. */
export const CONTRACT_SERVICE_PORT = FIRST_PORT - 2;
