import { withoutQuery } from '../interpreter/functions/httpCall';
import { nodeInstanceId } from './History';
import { Instance } from './Instance';
import {
  ErrorSnapshot,
  InstanceSnapshot,
  InstanceSummarySnapshot,
  RuntimeRunResult,
  WaitSnapshot,
} from './WorkflowRuntime';

/** What lists show of an instance. */
export function summarize(instance: Instance): InstanceSummarySnapshot {
  const { deployment, state, endedMs } = instance;
  return {
    id: instance.id,
    workflowId: deployment.workflowId,
    workflowVersion: deployment.workflowVersion,
    revision: deployment.revision,
    state: state.status,
    businessKey: instance.businessKey,
    startedAt: isoTime(instance.startedMs),
    endedAt: endedMs === undefined ? undefined : isoTime(endedMs),
    parentId: instance.parent?.instance.id,
    rootId: instance.rootId,
    error: errorOf(instance),
    waits: waitsOf(instance),
    endReason: instance.endReason,
  };
}

export function describe(instance: Instance): InstanceSnapshot {
  return {
    ...summarize(instance),
    data: instance.state.data,
    input: instance.input,
    nodes: instance.history.snapshot(instance.id, instance.deployment.plan),
    childIds: [...instance.childIds],
  };
}

/** What `run` answers when an instance has got as far as it can. */
export function runResult(instance: Instance): RuntimeRunResult {
  const summary = summarize(instance);
  const { error, data } = instance.state;
  return error
    ? {
        outcome: 'failed',
        instance: summary,
        message: error.failure.message,
        status: error.failure.status,
      }
    : { outcome: 'started', instance: summary, data };
}

function errorOf({
  state: { error },
  deployment,
}: Instance): ErrorSnapshot | undefined {
  if (!error) {
    return undefined;
  }
  const { failure, node } = error;
  const statusCode = Number(failure.code);
  return {
    message: failure.message,
    nodeName:
      node === undefined ? undefined : deployment.plan.nodes[node]?.name,
    nodeDefinitionId: node === undefined ? undefined : String(node),
    statusCode: Number.isInteger(statusCode) ? statusCode : undefined,
    url: failure.url === undefined ? undefined : withoutQuery(failure.url),
  };
}

function waitsOf(instance: Instance): WaitSnapshot[] {
  if (instance.state.status !== 'ACTIVE') {
    return [];
  }
  const { plan } = instance.deployment;
  const waits: WaitSnapshot[] = [];
  for (const [token, eventType] of instance.awaited) {
    const node = instance.state.tokens.get(token)?.node;
    const name = node === undefined ? undefined : plan.nodes[node]?.name;
    waits.push({
      kind: 'event',
      nodeName: name,
      eventName: name,
      eventType,
      since: sinceOf(instance, token),
    });
  }
  for (const [token, timer] of instance.timers) {
    const node = instance.state.tokens.get(token)?.node;
    if (node !== undefined) {
      waits.push({
        kind: 'timer',
        timerId: nodeInstanceId(instance.id, token),
        nodeName: plan.nodes[node]?.name,
        since: sinceOf(instance, token),
        until: isoTime(timer.dueMs),
      });
    }
  }
  return waits;
}

function sinceOf(instance: Instance, token: number): string | undefined {
  const enteredMs = instance.history.enteredMs(token);
  return enteredMs === undefined ? undefined : isoTime(enteredMs);
}

function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
