import { QueryClient } from '@tanstack/react-query';
import { isOrchestratorError } from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** What the API refused stays refused; what failed on the way may work the next time. */
function isWorthRepeating(error: unknown): boolean {
  return !isOrchestratorError(error) || error.status >= 500;
}

/** The plugin's own cache: nothing in the portal shares it or sets its defaults. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1000,
        retry: (count, error) => count < 2 && isWorthRepeating(error),
        retryDelay: attempt => 500 * 2 ** attempt,
      },
      mutations: { retry: false },
    },
  });
}
