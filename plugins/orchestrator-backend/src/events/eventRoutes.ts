import { OperationRouter, reply } from '../http';
import { eventsOfRequest } from './cloudEvents';
import { EventService } from './EventService';

/** Events in general; that of a single instance is one of its actions. */
export function serveEvents(
  router: OperationRouter,
  { inbox }: { inbox: EventService },
): void {
  router
    .serve(
      'sendEvents',
      { eventId: 'event-send', severityLevel: 'medium' },
      async ({ body, headers, credentials, note }) => {
        const { items } = await inbox.send(() => {
          const events = eventsOfRequest(body, headers);
          note({
            events: events.length,
            eventTypes: [...new Set(events.map(({ type }) => type))].slice(
              0,
              20,
            ),
          });
          return events;
        }, credentials);
        note({ ids: items.slice(0, 20).map(({ id }) => id) });
        return reply(202, { items });
      },
    )
    .serve(
      'listUndeliveredEvents',
      { eventId: 'event-undelivered-list', severityLevel: 'low' },
      async ({ query, credentials }) =>
        reply(200, await inbox.undelivered(query, credentials)),
    )
    .serve(
      'redeliverEvent',
      { eventId: 'event-redeliver', severityLevel: 'medium' },
      async ({ path, credentials, note }) => {
        const redelivery = await inbox.redeliver(path.eventId, credentials);
        note({ ...redelivery });
        return reply(202, redelivery);
      },
    );
}
