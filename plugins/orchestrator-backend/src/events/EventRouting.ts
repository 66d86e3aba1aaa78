import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { WorkflowResource } from '../authorization';
import { StoredWorkflow, WorkflowStore } from '../store';
import { brokerPlan, EventTargetPlan, servicePlans } from './eventTargets';

/** Where events of a type go, and what they may start there. */
export interface EventRoute {
  targets: EventTargetPlan[];
  starts: WorkflowResource[];
}

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
    return {
      targets: this.#engine.hasEventBroker
        ? brokerPlan(consumers)
        : servicePlans(type, workflows),
      // Not every engine tells which of its event types start a workflow: any of them may.
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
