import { portal } from './portal';

const addresses = {
  BROWSER: 'none',
  LOG_LEVEL: 'warn',
  APP_CONFIG_app_baseUrl: portal.appUrl,
  APP_CONFIG_backend_baseUrl: portal.backendUrl,
  APP_CONFIG_backend_listen_port: portal.backendPort,
  APP_CONFIG_backend_cors_origin: portal.appUrl,
};

/** The settings of a portal in dev mode that watches the given folder of workflows. */
export const devEnvironment = (workflows: string) => ({
  ...addresses,
  APP_CONFIG_orchestrator_embedded_workflows: workflows,
  APP_CONFIG_orchestrator_embedded_egress_allow: JSON.stringify([
    `localhost:${portal.backendPort}`,
  ]),
});

/** Those of a portal in production mode, beside SONATAFLOW_URL and where PostgreSQL is. */
export const productionEnvironment = () => ({
  ...addresses,
  APP_CONFIG_backend_database_prefix:
    process.env.E2E_DATABASE_PREFIX ?? 'orchestrator_journeys_',
});
