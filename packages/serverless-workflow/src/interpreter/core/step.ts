import { merge } from '../../expression';
import { EventNode, SubProcessNode, WORKFLOW_DATA } from '../plan/Plan';
import { completeCall } from './call';
import { Json } from '../../model';
import { Draft } from './Draft';
import { Effect } from './Effect';
import { abortInstance, finishAbort } from './endInstance';
import { enterNode } from './enterNode';
import { Environment } from './Environment';
import { fail } from './fail';
import { retrigger, retry, skip } from './goOn';
import { leave } from './flow';
import { InstanceEvent } from './InstanceEvent';
import { InstanceState, PROCESS_TOKEN, Token, TokenId } from './InstanceState';
import { timerFired } from './timer';
import { toFailure } from './WorkflowFailure';

/** What a step gives. */
export interface Step {
  state: InstanceState;
  effects: Effect[];
}

/**
 * The interpreter: what becomes of an instance when something happens to it. Has no side effects, and
 * gives the same for the same. An instance that is blocked on a call or sub-workflow must get the
 * answer, or an abort, before anything else; one that has work left must be told to continue.
 *
 * As in SonataFlow one thing is done after the other, depth first: a branch runs until it waits before
 * the next one begins, and a call keeps the whole instance waiting.
 *
 * @param mayGoOn - asked before each node but the first; a step that ends because of it leaves work
 */
export function step(
  state: InstanceState,
  event: InstanceEvent,
  environment: Environment,
  mayGoOn: () => boolean = () => true,
): Step {
  const draft = new Draft(state, environment);
  receive(draft, event);
  run(draft, mayGoOn);
  return { state: draft.toState(), effects: draft.effects };
}

function receive(draft: Draft, event: InstanceEvent): void {
  switch (event.type) {
    case 'start':
      start(draft, event.node);
      break;
    case 'continue':
      break;
    case 'answered':
    case 'unanswered':
      unblock(draft, event.token);
      completeCall(draft, event);
      break;
    case 'timer':
      timerFired(draft, event.token);
      break;
    case 'event':
      receiveEvent(draft, event.eventType, event.data);
      break;
    case 'childWaits':
      unblock(draft, event.token);
      break;
    case 'childEnded':
      unblock(draft, event.token);
      childEnded(draft, event.token, event.data);
      break;
    case 'childRefused':
      unblock(draft, event.token);
      failToken(draft, event.token, event.failure);
      break;
    case 'update':
      draft.set(WORKFLOW_DATA, merge(draft.data, event.data), PROCESS_TOKEN);
      break;
    case 'retry':
      retry(draft);
      break;
    case 'skip':
      skip(draft);
      break;
    case 'retrigger':
      retrigger(draft, event.token);
      break;
    default:
      abortInstance(draft);
  }
}

function run(draft: Draft, mayGoOn: () => boolean): void {
  for (
    let isFirst = true;
    draft.work && draft.blockedOn === undefined;
    isFirst = false
  ) {
    if (draft.status !== 'ACTIVE' || !(isFirst || mayGoOn())) {
      return;
    }
    const work = draft.work;
    draft.work = work.next;
    if (
      !draft.isOpen(work.container) ||
      (work.token !== undefined && !draft.tokens.has(work.token))
    ) {
      continue;
    }
    enterNode(draft, work);
  }
  if (draft.aborting && !draft.work && draft.blockedOn === undefined) {
    finishAbort(draft);
  }
}

function start(draft: Draft, node = draft.environment.plan.start): void {
  if (node === undefined) {
    throw new Error('The plan has no start');
  }
  draft.work = { node, container: PROCESS_TOKEN };
}

function unblock(draft: Draft, token: TokenId): void {
  if (draft.blockedOn === token) {
    draft.blockedOn = undefined;
  }
}

/** Each waiting node of the type goes on, unless one before it has cancelled it. */
function receiveEvent(draft: Draft, eventType: string, data: Json): void {
  const waiting = [...draft.tokens.values()].filter(token => {
    const node = draft.node(token.node);
    return node.kind === 'event' && node.eventType === eventType;
  });
  for (const token of waiting) {
    const node = draft.node(token.node);
    if (node.kind === 'event' && draft.tokens.has(token.id)) {
      receiveData(draft, token, node, data);
    }
  }
}

function childEnded(draft: Draft, id: TokenId, data: Json): void {
  const token = draft.tokens.get(id);
  const node = token && draft.node(token.node);
  if (token && node?.kind === 'subProcess') {
    receiveData(draft, token, node, data);
  }
}

/** What a node has waited for is there. */
function receiveData(
  draft: Draft,
  token: Token,
  node: EventNode | SubProcessNode,
  data: Json,
): void {
  try {
    draft.set(node.output, data, token.container);
    leave(draft, token.id, node, token.container, data);
  } catch (error) {
    failToken(draft, token.id, error);
  }
}

function failToken(draft: Draft, id: TokenId, error: unknown): void {
  const token = draft.tokens.get(id);
  if (token) {
    draft.remove(id);
    fail(draft, toFailure(error), token.node, token.container, id);
  }
}
