import { Json } from '../model';
import { PROCESS, StartNode } from '../interpreter/plan/Plan';
import { Deployment } from './Deployment';
import { Begin } from './createInstance';
import { Instance } from './Instance';
import { RuntimeEvent } from './WorkflowRuntime';

/** What an event brings about in one workflow. */
export interface Route {
  deployment: Deployment;
  /** Instances that get the event. */
  deliverTo: Instance[];
  /** Where a new instance begins. */
  start?: StartNode;
  /** What later events with the same attributes are recognised by. */
  correlation?: Readonly<Record<string, string>>;
}

/**
 * SonataFlow's rules for the events of one workflow (`ProcessEventDispatcher`): to the instance with
 * the same correlation attributes; else to the one that `kogitoprocrefid` names; else to the one with
 * the business key; else to all that wait. What finds no instance starts one, if its type may.
 */
export function routeEvent(
  event: RuntimeEvent,
  deployment: Deployment,
  instances: readonly Instance[],
): Route {
  const start = deployment.plan.eventStarts.find(
    node => node.trigger?.eventType === event.type,
  );
  const correlation = correlationOf(event, deployment);
  const begin = (): Route => ({
    deployment,
    deliverTo: [],
    start,
    correlation,
  });
  const correlated =
    correlation && instances.find(each => isCorrelated(each, correlation));
  if (correlated) {
    return { deployment, deliverTo: [correlated] };
  }
  const reference = event.kogitoprocrefid;
  if (typeof reference === 'string') {
    const referred = instances.find(each => each.id === reference);
    return referred ? { deployment, deliverTo: [referred] } : begin();
  }
  const businessKey = event.kogitobusinesskey;
  if (typeof businessKey === 'string') {
    const keyed = instances.find(each => each.businessKey === businessKey);
    return keyed ? { deployment, deliverTo: [keyed] } : begin();
  }
  return {
    ...begin(),
    deliverTo: instances.filter(
      each =>
        isAwaiting(each, event.type) && !(correlation && each.correlation),
    ),
  };
}

/**
 * The routes of an event in all workflows, those included that are no longer deployed but still have
 * instances.
 */
export function routesOf(
  event: RuntimeEvent,
  deployments: ReadonlyMap<string, Deployment>,
  unended: readonly Instance[],
): Route[] {
  const byWorkflow = new Map<string, Instance[]>(
    [...deployments.keys()].map(workflowId => [workflowId, []]),
  );
  for (const instance of unended) {
    const { workflowId } = instance.deployment;
    const own = byWorkflow.get(workflowId);
    if (own) {
      own.push(instance);
    } else {
      byWorkflow.set(workflowId, [instance]);
    }
  }
  return [...byWorkflow].map(([workflowId, own]) => {
    const deployed = deployments.get(workflowId);
    return deployed
      ? routeEvent(event, deployed, own)
      : { ...routeEvent(event, own[0].deployment, own), start: undefined };
  });
}

/** The instance that an event starts. Its attributes are the headers of the instance. */
export function beginByEvent(
  event: RuntimeEvent,
  { deployment, start, correlation }: Route,
): Begin {
  const { data, kogitobusinesskey, kogitoprocstartfrom, ...rest } = event;
  const attributes = { ...rest, kogitobusinesskey, kogitoprocstartfrom };
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      headers[name] = text(value);
    }
  }
  const from = deployment.plan.nodes.find(
    node =>
      node?.container === PROCESS &&
      (node.name === kogitoprocstartfrom ||
        String(node.id) === kogitoprocstartfrom),
  );
  return {
    deployment,
    input: data ?? {},
    headers,
    businessKey:
      typeof kogitobusinesskey === 'string' ? kogitobusinesskey : undefined,
    correlation,
    node: from?.id ?? start?.id,
  };
}

export function isAwaiting(instance: Instance, eventType: string): boolean {
  return [...instance.awaited.values()].includes(eventType);
}

function correlationOf(
  event: RuntimeEvent,
  { plan }: Deployment,
): Record<string, string> | undefined {
  const keys = plan.correlations.get(event.type);
  return (
    keys &&
    Object.fromEntries(
      keys.map(({ contextAttributeName }) => [
        contextAttributeName,
        text(event[contextAttributeName]),
      ]),
    )
  );
}

function isCorrelated(
  { correlation }: Instance,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return (
    correlation !== undefined &&
    Object.keys(wanted).every(key => correlation[key] === wanted[key])
  );
}

function text(value: Json | undefined): string {
  return value === undefined ? '' : String(value);
}
