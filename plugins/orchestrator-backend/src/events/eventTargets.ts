import { StoredWorkflow, WorkflowRecord } from '../store';

/** One delivery that an event needs. */
export interface EventTargetPlan {
  /** What takes the event: all that one service has gets it together. */
  target: string;
  /** For people. */
  name: string;
  /** Any of the workflows behind the target. */
  workflowId: string;
  /** The only version that it is for; left out, the newest deployed one that consumes it. */
  version?: string;
}

/** Stands for the broker, which hands an event on to all that want it. */
const BROKER = 'broker';

/** One delivery to the broker, if anyone wants the event. */
export function brokerPlan(consumers: StoredWorkflow[]): EventTargetPlan[] {
  return merged(
    consumers.map(({ id }) => ({ target: BROKER, name: id, workflowId: id })),
  );
}

/**
 * One delivery to each service that wants the event. The newest deployed version that consumes the
 * type gets it, and may start by it. Older versions at other addresses get it for their instances that
 * wait, but only where nothing starts by it: the event must not start a workflow twice.
 */
export function servicePlans(
  type: string,
  workflows: StoredWorkflow[],
): EventTargetPlan[] {
  const consumers = workflows.map(workflow => consumersOf(type, workflow));
  const newest = merged(
    consumers.flatMap(([first, ...others]) =>
      first ? [{ ...toPlan(first), version: pinned(first, others) }] : [],
    ),
  );
  const taken = new Set(newest.map(({ target }) => target));
  const starting = new Set(
    workflows
      .flatMap(({ versions }) => versions.filter(isDeployed))
      .filter(version => mayStart(type, version))
      .map(({ serviceUrl }) => serviceUrl),
  );
  const older = consumers
    .flatMap(([, ...others]) => others)
    .filter(
      version =>
        isDeployed(version) &&
        version.serviceUrl !== undefined &&
        !taken.has(version.serviceUrl) &&
        !starting.has(version.serviceUrl),
    )
    .map(version => ({
      ...toPlan(version),
      name: `${version.id} ${version.version}`,
      version: version.version,
    }));
  return [...newest, ...merged(older)];
}

/** The versions that consume the type, those that are deployed first, each from the newest on. */
function consumersOf(
  type: string,
  { versions }: StoredWorkflow,
): WorkflowRecord[] {
  const consuming = versions.filter(({ consumedEventTypes }) =>
    consumedEventTypes.includes(type),
  );
  return [
    ...consuming.filter(isDeployed),
    ...consuming.filter(version => !isDeployed(version)),
  ];
}

function isDeployed({ availability }: WorkflowRecord): boolean {
  return availability !== 'unavailable';
}

function mayStart(type: string, version: WorkflowRecord): boolean {
  const types = version.startingEventTypes ?? version.consumedEventTypes;
  return version.startsByEvent && types.includes(type);
}

function toPlan({ id, serviceUrl }: WorkflowRecord): EventTargetPlan {
  return {
    target: serviceUrl ?? `workflow ${id}`,
    name: id,
    workflowId: id,
  };
}

/**
 * Where another version could take the event instead, the one that it was meant for is waited for:
 * the other one gets it by itself.
 */
function pinned(
  first: WorkflowRecord,
  others: WorkflowRecord[],
): string | undefined {
  return isDeployed(first) && others.some(isDeployed)
    ? first.version
    : undefined;
}

/** One plan for each target. */
function merged(plans: EventTargetPlan[]): EventTargetPlan[] {
  const byTarget = new Map<string, EventTargetPlan>();
  for (const plan of plans) {
    const known = byTarget.get(plan.target);
    byTarget.set(
      plan.target,
      known ? { ...known, name: `${known.name}, ${plan.name}` } : plan,
    );
  }
  return [...byTarget.values()];
}
