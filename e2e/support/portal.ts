/** The portal under test; the environment may move it to other ports. */
const appPort = process.env.E2E_APP_PORT ?? '3100';
const backendPort = process.env.E2E_BACKEND_PORT ?? '7107';

export const portal = {
  appUrl: `http://localhost:${appPort}`,
  backendUrl: `http://localhost:${backendPort}`,
  backendPort,
};
