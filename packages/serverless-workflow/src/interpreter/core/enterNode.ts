import { JoinNode, NodeId, SplitNode } from '../plan/Plan';
import { beginCall } from './call';
import { compensate } from './compensate';
import { Draft } from './Draft';
import { completeInstance } from './endInstance';
import { fail } from './fail';
import { completeContainer, fork, isSatisfied, leave, push } from './flow';
import { endIteration, enterForEach } from './forEach';
import { performAction, produce } from './performAction';
import { PROCESS_TOKEN, Token, TokenId, Work } from './InstanceState';
import { resolveDelay } from './timer';
import { toFailure, WorkflowFailure } from './WorkflowFailure';

/** Enters a node and does what it is there for. */
export function enterNode(draft: Draft, work: Work): void {
  const node = draft.node(work.node);
  const { container } = work;
  if (node.kind === 'join') {
    enterJoin(draft, node, work);
    return;
  }
  const id = work.token ?? draft.newTokenId();
  noteEntered(draft, id, node.id, container);
  try {
    draft.countStep();
    enter(draft, work, id);
  } catch (error) {
    draft.remove(id);
    fail(draft, toFailure(error), node.id, container, id);
  }
}

/** What is inside of an iteration is shown as inside of its loop. */
function noteEntered(
  draft: Draft,
  token: TokenId,
  node: NodeId,
  container: TokenId,
): void {
  const { iteration, container: loop } = draft.tokens.get(container) ?? {};
  draft.effects.push({
    type: 'entered',
    token,
    node,
    container: (iteration === undefined ? undefined : loop) ?? container,
    iteration,
  });
}

function enter(draft: Draft, { node: nodeId, container }: Work, id: TokenId) {
  const node = draft.node(nodeId);
  switch (node.kind) {
    case 'start':
    case 'boundary':
      leave(draft, id, node, container);
      break;
    case 'action':
      leave(draft, id, node, container, performAction(draft, node, container));
      if (node.effect.do === 'compensate') {
        compensate(draft);
      }
      break;
    case 'end':
      if (node.produce) {
        produce(draft, node.produce, container);
      }
      draft.effects.push({ type: 'left', token: id, status: 'completed' });
      draft.remove(id);
      end(draft, container, node.terminate);
      break;
    case 'split':
      enterSplit(draft, node, id, container);
      break;
    case 'composite':
      hold(draft, id, { node: node.id, container });
      push(draft, startOf(node.start, id));
      break;
    case 'foreach':
      enterForEach(draft, node, hold(draft, id, { node: node.id, container }));
      break;
    case 'timer': {
      const delayMs = resolveDelay(draft, node.delay, container);
      hold(draft, id, { node: node.id, container });
      draft.effects.push({ type: 'setTimer', token: id, delayMs });
      break;
    }
    case 'event':
      hold(draft, id, { node: node.id, container });
      draft.effects.push({
        type: 'await',
        token: id,
        eventType: node.eventType,
      });
      break;
    case 'work':
      beginCall(draft, node, id, container);
      break;
    case 'subProcess':
      hold(draft, id, { node: node.id, container });
      draft.blockedOn = id;
      draft.effects.push({
        type: 'startChild',
        token: id,
        workflowId: node.workflowId,
        data: draft.get(node.input, container),
        variables: draft.visibleIterations(container),
      });
      break;
    default:
      throw new Error(`Node ${node.id} can't be entered`);
  }
}

/** Keeps a token alive until the node is left. */
function hold(
  draft: Draft,
  id: TokenId,
  place: Pick<Token, 'node' | 'container'>,
): Token {
  const token = { members: 0, ...draft.tokens.get(id), ...place, id };
  draft.put(token);
  return token;
}

function startOf(start: number | undefined, container: TokenId): Work[] {
  return start === undefined ? [] : [{ node: start, container }];
}

function enterSplit(
  draft: Draft,
  node: SplitNode,
  id: TokenId,
  container: TokenId,
): void {
  if (node.mode === 'conditions') {
    const target = chooseTarget(draft, node, container);
    draft.effects.push({ type: 'left', token: id, status: 'completed' });
    draft.remove(id);
    push(draft, [{ node: target, container, from: node.id }]);
    return;
  }
  const { branches } = draft.environment.limits;
  if (node.outgoing.length > branches) {
    throw new WorkflowFailure(
      'RuntimeException',
      `${node.name} has ${node.outgoing.length} branches; the limit (branches) is ${branches}`,
    );
  }
  draft.effects.push({ type: 'left', token: id, status: 'completed' });
  draft.remove(id);
  fork(draft, node, container, node.mode === 'race' ? id : undefined);
}

function chooseTarget(
  draft: Draft,
  node: SplitNode,
  container: TokenId,
): number {
  const { expressions } = draft.environment;
  const context = draft.expressionContext(container);
  const chosen = node.conditions.find(
    condition =>
      !condition.isDefault &&
      expressions.evaluateBoolean(condition.expression, draft.data, context),
  );
  const target = chosen?.target ?? node.otherwise;
  if (target === undefined) {
    throw new WorkflowFailure(
      'IllegalArgumentException',
      `XOR split could not find at least one valid outgoing connection for split ${node.name}`,
    );
  }
  return target;
}

function enterJoin(draft: Draft, node: JoinNode, work: Work): void {
  const { container } = work;
  const waiting = draft
    .membersOf(container)
    .find(token => token.node === node.id);
  const id = waiting?.id ?? draft.newTokenId();
  if (!waiting) {
    noteEntered(draft, id, node.id, container);
  }
  try {
    draft.countStep();
    const arrived = withArrival(waiting?.arrived ?? [], work.from);
    if (
      node.mode === 'pass' ||
      isSatisfied(node, arrived, neededBy(draft, node, container))
    ) {
      leave(draft, id, node, container);
    } else {
      draft.put({ id, node: node.id, container, members: 0, arrived });
    }
  } catch (error) {
    draft.remove(id);
    fail(draft, toFailure(error), node.id, container, id);
  }
}

function withArrival(
  arrived: readonly number[],
  from: number | undefined,
): readonly number[] {
  return from === undefined || arrived.includes(from)
    ? arrived
    : [...arrived, from];
}

function neededBy(draft: Draft, node: JoinNode, container: TokenId): number {
  const { needed } = node;
  if (typeof needed !== 'string') {
    return needed ?? node.incoming.length;
  }
  const { expressions } = draft.environment;
  const value = expressions.isValid(needed)
    ? expressions.evaluate(
        needed,
        draft.data,
        draft.expressionContext(container),
      )
    : needed;
  const number = Number(value);
  if (value === null || !Number.isInteger(number)) {
    throw new WorkflowFailure(
      'IllegalStateException',
      'Error evaluating number of operations',
    );
  }
  return number;
}

/** An end node: of an iteration, a composite or the instance. */
export function end(
  draft: Draft,
  container: TokenId,
  terminate: boolean,
): void {
  const token = draft.tokens.get(container);
  if (!token) {
    endProcess(draft, terminate);
  } else if (token.iteration !== undefined) {
    endIteration(draft, token);
  } else if (terminate || token.members === 0) {
    completeContainer(draft, container);
  }
}

function endProcess(draft: Draft, terminate: boolean): void {
  const isEmpty = draft.membersOf(PROCESS_TOKEN).length === 0;
  const { keepActive } = draft.environment.plan.workflow;
  if (terminate || (!keepActive && isEmpty)) {
    completeInstance(draft);
  }
}
