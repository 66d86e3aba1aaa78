import { portal } from './portal';

/** The settings of a portal that watches the given folder of workflows. */
export const portalEnvironment = (workflows: string) => ({
  BROWSER: 'none',
  LOG_LEVEL: 'warn',
  APP_CONFIG_app_baseUrl: portal.appUrl,
  APP_CONFIG_backend_baseUrl: portal.backendUrl,
  APP_CONFIG_backend_listen_port: portal.backendPort,
  APP_CONFIG_backend_cors_origin: portal.appUrl,
  APP_CONFIG_orchestrator_embedded_workflows: workflows,
  APP_CONFIG_orchestrator_embedded_egress_allow: JSON.stringify([
    `localhost:${portal.backendPort}`,
  ]),
});
