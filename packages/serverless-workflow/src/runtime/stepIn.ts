import { isInside } from '../interpreter/core/goOn';
import { Token, TokenId } from '../interpreter/core/InstanceState';
import { nodeInstanceId } from './History';
import { Instance } from './Instance';
import { InstanceLoop } from './InstanceLoop';
import { StepInResult } from './WorkflowRuntime';

const DONE: StepInResult = { outcome: 'done' };

function refuse(reason: string): StepInResult {
  return { outcome: 'refused', reason };
}

/** Goes on behind the failed node (SonataFlow's `skip`). */
export async function skipNode(
  instance: Instance,
  loop: InstanceLoop,
): Promise<StepInResult> {
  const { status, error } = instance.state;
  if (status !== 'ERROR' || !error) {
    return refuse('The instance has not failed, so there is nothing to skip.');
  }
  const node =
    error.node === undefined
      ? undefined
      : instance.deployment.plan.nodes[error.node];
  if (!node) {
    return refuse(
      'The instance failed after its last node; change its data and retry it.',
    );
  }
  if (node.kind === 'split') {
    return refuse(
      `${node.name} chooses the way to go on, so it can't be skipped; change the data and retry it.`,
    );
  }
  loop.post(instance, { type: 'skip' });
  await loop.settled(instance);
  return DONE;
}

/** Leaves an open node and enters it again (SonataFlow's `retrigger` of a node instance). */
export async function retriggerNode(
  instance: Instance,
  loop: InstanceLoop,
  nodeId: string,
): Promise<StepInResult> {
  const token = tokenOf(instance, nodeId, instance.state.tokens.values());
  if (!token || token.iteration !== undefined) {
    return refuse(`The instance has no open node ${nodeId}.`);
  }
  const { error } = instance.state;
  if (error && !isInside(instance.state, error.container, token.id)) {
    return refuse(
      'The instance has failed in another node; retry or skip that one first.',
    );
  }
  if (hasChild(instance, token.id)) {
    return refuse(
      'The node waits for a sub-workflow; step into or abort that instance.',
    );
  }
  loop.post(instance, { type: 'retrigger', token: token.id });
  await loop.settled(instance);
  return DONE;
}

/** Lets a timer fire at another time; one that is over fires at once. */
export async function rescheduleTimer(
  instance: Instance,
  loop: InstanceLoop,
  timerId: string,
  dueMs: number,
): Promise<StepInResult> {
  const token = tokenOf(instance, timerId, instance.state.tokens.values());
  if (!token || !instance.timers.has(token.id)) {
    return refuse(`The instance waits for no timer ${timerId}.`);
  }
  loop.reschedule(instance, token.id, dueMs);
  return DONE;
}

function tokenOf(
  instance: Instance,
  nodeId: string,
  tokens: Iterable<Token>,
): Token | undefined {
  return [...tokens].find(
    ({ id }) => nodeInstanceId(instance.id, id) === nodeId,
  );
}

function hasChild(instance: Instance, within: TokenId): boolean {
  const { state, deployment } = instance;
  return [...state.tokens.values()].some(
    ({ id, node }) =>
      deployment.plan.nodes[node]?.kind === 'subProcess' &&
      isInside(state, id, within),
  );
}
