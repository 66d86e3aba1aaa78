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

/** Runs an order. */
export async function runOrder(
  api: PortalApi,
  options?: { version?: string; key?: string; reference?: string },
): Promise<Instance> {
  return taken('an order', () => requestOrder(api, options));
}

/** Runs a workflow that wants no input. */
export async function runWorkflow(
  api: PortalApi,
  workflowId: string,
): Promise<Instance> {
  return taken(workflowId, () =>
    api.post(`/workflows/${workflowId}/instances`, { input: {} }),
  );
}

/** 503 says that nothing started, and to try again: when a service has just come up it may. */
async function taken(
  what: string,
  request: () => Promise<Response>,
): Promise<Instance> {
  const answer = await until(`the portal takes ${what}`, async () => {
    const reply = await request();
    return reply.status !== 503 && reply;
  });
  if (!answer.ok) {
    throw new Error(`${what} was not run: ${await answer.text()}`);
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
