import { createBackend } from '@backstage/backend-defaults';
import { stringifyError } from '@backstage/errors';

const backend = createBackend();

backend.add(import('./shutdown'));

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permission'));

backend.add(import('@backstage/plugin-scaffolder-backend'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

backend.add(import('@open-orchestrator/backstage-plugin-orchestrator-backend'));
backend.add(
  import(
    '@open-orchestrator/backstage-plugin-orchestrator-backend-module-embedded'
  ),
);
backend.add(
  import(
    '@open-orchestrator/backstage-plugin-orchestrator-backend-module-sonataflow'
  ),
);

if (process.env.NODE_ENV === 'development') {
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
  backend.add(import('./devUsers'));
  backend.add(import('./sampleServices'));
} else {
  backend.add(import('./guard'));
}

// Who starts it should see at once that it failed, and may try again.
backend.start().catch(async error => {
  process.stderr.write(`${stringifyError(error)}\n`);
  await backend.stop();
  process.exit(1);
});
