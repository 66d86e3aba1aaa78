import { Json } from '../model';
import { StartNode } from '../interpreter/plan/Plan';
import { Deployment } from './Deployment';
import { hasEnded, Instance } from './Instance';
import { RuntimeEvent } from './WorkflowRuntime';

/** What an event brings about in one workflow. */
export interface Route {
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
  const own = instances.filter(instance => !hasEnded(instance));
  const start = deployment.plan.eventStarts.find(
    node => node.trigger?.eventType === event.type,
  );
  const correlation = correlationOf(event, deployment);
  const begin = (): Route => ({ deliverTo: [], start, correlation });
  const correlated =
    correlation && own.find(each => isCorrelated(each, correlation));
  if (correlated) {
    return { deliverTo: [correlated] };
  }
  const reference = event.kogitoprocrefid;
  if (typeof reference === 'string') {
    const referred = own.find(each => each.id === reference);
    return referred ? { deliverTo: [referred] } : begin();
  }
  const businessKey = event.kogitobusinesskey;
  if (typeof businessKey === 'string') {
    const keyed = own.find(each => each.businessKey === businessKey);
    return keyed ? { deliverTo: [keyed] } : begin();
  }
  return {
    ...begin(),
    deliverTo: own.filter(
      each =>
        isAwaiting(each, event.type) && !(correlation && each.correlation),
    ),
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
