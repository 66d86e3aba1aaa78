import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { PortalApi } from '../../support/PortalApi';
import { until } from './until';

/** The workflow `promise_order` waits for this. */
const DELIVERED = 'promise.order.delivered';

/** Asks the portal to run an order. */
export function requestOrder(
  api: PortalApi,
  options: { version?: string; key?: string; reference?: string } = {},
): Promise<Response> {
  const { version = '1.0', key, reference } = options;
  const address = version === '1.0' ? {} : { address: 'Main Street 1' };
  return api.post(
    '/workflows/promise_order/instances',
    { version, reference, input: { pieces: 1, ...address } },
    key === undefined ? {} : { 'idempotency-key': key },
  );
}

/** Runs an order. 503 says that nothing started, and to try again: a bed that has just come up may. */
export async function runOrder(
  api: PortalApi,
  options?: { version?: string; key?: string; reference?: string },
): Promise<Instance> {
  const answer = await until('the portal takes an order', async () => {
    const reply = await requestOrder(api, options);
    return reply.status !== 503 && reply;
  });
  if (!answer.ok) {
    throw new Error(`The order was not run: ${await answer.text()}`);
  }
  return answer.json();
}

/** Sends the event that the order waits for. */
export async function deliver(api: PortalApi, id: string): Promise<void> {
  const answer = await api.post(`/instances/${id}/events`, {
    type: DELIVERED,
    data: { by: 'cart' },
  });
  if (!answer.ok) {
    throw new Error(
      `The delivery was not taken (${answer.status}): ${await answer.text()}`,
    );
  }
}
