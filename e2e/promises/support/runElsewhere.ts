import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Bed } from './Bed';
import { until } from './until';

/**
 * Starts an instance at the first service itself, past the portal, and waits until the portal shows it
 * in that state. For whatever it does with the instance the portal has to ask the Data Index first.
 */
export async function runElsewhere(
  bed: Bed,
  workflowId: string,
  input: unknown,
  state: Instance['state'],
): Promise<Instance> {
  const answer = await fetch(`${bed.firstUrl}/${workflowId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const { id } = await answer.json();
  return until(`the portal shows ${id} as ${state}`, async () => {
    const instance = await bed.left.instance(id);
    return instance.state === state && instance;
  });
}
