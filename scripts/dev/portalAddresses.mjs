/**
 * Where app and backend of the development portal are: the addresses of
 * app-config.yaml, or those that the environment puts over it.
 */
export function portalAddresses(env) {
  return {
    app: new URL(env.APP_CONFIG_app_baseUrl ?? 'http://localhost:3000'),
    backend: new URL(env.APP_CONFIG_backend_baseUrl ?? 'http://localhost:7007'),
  };
}
