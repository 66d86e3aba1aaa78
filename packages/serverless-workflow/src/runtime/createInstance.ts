import { newInstance } from '../interpreter/core/InstanceState';
import { StepLimits } from '../interpreter/core/Environment';
import { Json } from '../model';
import { Deployment } from './Deployment';
import { History } from './History';
import { Instance, ParentLink } from './Instance';

/** What a new instance is made of. */
export interface Begin {
  deployment: Deployment;
  input: Json;
  businessKey?: string;
  headers: Readonly<Record<string, string>>;
  parent?: ParentLink;
  /** Variables that its expressions see beside the data. */
  variables?: Record<string, Json>;
  /** Event attributes by which later events find it. */
  correlation?: Readonly<Record<string, string>>;
  /** Where it begins, when not at the start of the workflow. */
  node?: number;
}

/** An instance to which nothing has happened yet. */
export function createInstance(
  begin: Begin,
  limits: StepLimits,
  nowMs: number,
): Instance {
  const { deployment, parent, input, businessKey } = begin;
  const id = globalThis.crypto.randomUUID();
  const above = parent?.instance;
  const rootId = above && (above.rootId ?? above.id);
  const rootWorkflowId =
    above &&
    (above.environment.instance.rootWorkflowId ?? above.deployment.workflowId);
  return {
    id,
    deployment,
    environment: {
      plan: deployment.plan,
      expressions: deployment.expressions,
      limits,
      // Sub-workflows have no `$WORKFLOW.input` in SonataFlow.
      input: parent ? null : input,
      instance: {
        id,
        workflowId: deployment.workflowId,
        workflowVersion: deployment.workflowVersion,
        state: 1,
        parentId: above?.id,
        rootId,
        rootWorkflowId,
        businessKey,
        headers: begin.headers,
      },
    },
    input,
    businessKey,
    parent,
    rootId,
    depth: (above?.depth ?? 0) + 1,
    startedMs: nowMs,
    history: new History(),
    childIds: [],
    timers: new Map(),
    calls: new Map(),
    awaited: new Map(),
    correlation: begin.correlation,
    state: newInstance(input, begin.variables ?? {}),
    endedMs: undefined,
    endReason: undefined,
    hasSettled: false,
    outputRejected: false,
    mailbox: [],
    whenSettled: [],
  };
}
