import { OperationRouter, reply } from '../http';
import { WebhookService } from './WebhookService';

/** The only operation that asks for no Backstage credentials. */
export function serveWebhooks(
  router: OperationRouter,
  { webhooks }: { webhooks: WebhookService },
): void {
  router.servePublic(
    'receiveWebhook',
    { eventId: 'webhook-receive', severityLevel: 'medium' },
    async ({ path, note, ...sent }) => {
      const accepted = await webhooks.receive(path.source, sent, note);
      note({
        items: accepted.items.map(({ id, duplicate }) => ({ id, duplicate })),
      });
      return reply(202, accepted);
    },
  );
}
