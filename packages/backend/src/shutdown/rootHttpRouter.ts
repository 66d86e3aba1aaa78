import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';

/**
 * The server of this portal. When plugins have stopped, so that nothing can be answered any more, it
 * cuts what is still open: plugins wait for events at their own server, up to a minute each, and a
 * cluster kills what does not end by then. Requests of people have `backend.lifecycle.serverShutdownDelay`
 * to be finished before.
 */
export const rootHttpRouter = rootHttpRouterServiceFactory({
  configure({ applyDefaults, lifecycle, server }) {
    applyDefaults();
    lifecycle.addShutdownHook(() => server.closeAllConnections());
  },
});
