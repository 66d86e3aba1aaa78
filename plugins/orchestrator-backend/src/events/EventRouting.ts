import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { WorkflowResource } from '../authorization';
import { StoredWorkflow, WorkflowStore } from '../store';

/** One delivery that an event needs. */
export interface EventTargetPlan {
  /** What takes the event: two workflows of one service get it together. */
  target: string;
  /** For people. */
  name: string;
  /** Any of the workflows behind the target. */
  workflowId: string;
}

/** Where events of a type go, and what they may start there. */
export interface EventRoute {
  targets: EventTargetPlan[];
  starts: WorkflowResource[];
}

/** Stands for the broker, which hands an event on to all that want it. */
const BROKER = 'broker';

/** Finds the workflows that consume an event; goes by the store, so that it needs no engine. */
export class EventRouting {
  readonly #engine: WorkflowEngine;
  readonly #workflows: WorkflowStore;

  static create(options: {
    engine: WorkflowEngine;
    workflows: WorkflowStore;
  }): EventRouting {
    return new EventRouting(options.engine, options.workflows);
  }

  private constructor(engine: WorkflowEngine, workflows: WorkflowStore) {
    this.#engine = engine;
    this.#workflows = workflows;
  }

  /** The routes of the given types; one that no workflow consumes has no targets. */
  async routes(types: readonly string[]): Promise<Map<string, EventRoute>> {
    const workflows = await this.#workflows.list({ rows: 'all' });
    return new Map(
      types.map(type => [type, this.#route(type, workflows)] as const),
    );
  }

  #route(type: string, workflows: StoredWorkflow[]): EventRoute {
    const consumers = workflows.filter(({ versions }) =>
      versions.some(version => version.consumedEventTypes.includes(type)),
    );
    const byTarget = new Map<string, StoredWorkflow[]>();
    for (const workflow of consumers) {
      const target = this.#engine.hasEventBroker ? BROKER : targetOf(workflow);
      byTarget.set(target, [...(byTarget.get(target) ?? []), workflow]);
    }
    return {
      targets: [...byTarget].map(([target, [first, ...others]]) => ({
        target,
        name: [first, ...others].map(({ id }) => id).join(', '),
        workflowId: first.id,
      })),
      // Which of its event types start a workflow is not told: any of them may.
      starts: consumers
        .filter(({ versions }) =>
          versions.some(
            version =>
              version.startsByEvent &&
              version.consumedEventTypes.includes(type),
          ),
        )
        .map(({ id, labels }) => ({ id, labels })),
    };
  }
}

function targetOf({ id, versions: [newest] }: StoredWorkflow): string {
  return newest.serviceUrl ?? `workflow ${id}`;
}
