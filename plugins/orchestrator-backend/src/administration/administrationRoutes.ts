import { OperationRouter, reply } from '../http';
import { AdministrationService } from './AdministrationService';

/** What there is to know of engine and store. */
export function serveAdministration(
  router: OperationRouter,
  { administration }: { administration: AdministrationService },
): void {
  router
    .serve('getMode', { eventId: 'mode-get', severityLevel: 'low' }, async () =>
      reply(200, await administration.mode()),
    )
    .serve(
      'getDeployment',
      { eventId: 'deployment-get', severityLevel: 'low' },
      async ({ credentials }) =>
        reply(200, await administration.deployment(credentials)),
    )
    .serve(
      'getStatus',
      { eventId: 'status-get', severityLevel: 'low' },
      async ({ credentials }) =>
        reply(200, await administration.status(credentials)),
    );
}
