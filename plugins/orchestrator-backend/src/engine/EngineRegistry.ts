import {
  OrchestratorEngineExtensionPoint,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';

/** The engines that modules have registered. */
export class EngineRegistry implements OrchestratorEngineExtensionPoint {
  readonly #engines = new Map<string, WorkflowEngine>();

  static create(): EngineRegistry {
    return new EngineRegistry();
  }

  private constructor() {}

  get ids(): string[] {
    return [...this.#engines.keys()];
  }

  addEngine(engine: WorkflowEngine): void {
    if (this.#engines.has(engine.id)) {
      throw new Error(
        `The workflow engine "${engine.id}" is registered twice.`,
      );
    }
    this.#engines.set(engine.id, engine);
  }

  /**
   * The engine to use.
   *
   * @param configured - the setting `orchestrator.engine`
   * @throws Error when there is none, or no single one
   */
  pick(configured: string | undefined): WorkflowEngine {
    const ids = this.ids.join(', ');
    if (this.#engines.size === 0) {
      throw new Error(
        'The orchestrator has no workflow engine: add an engine module to the backend, such as @open-orchestrator/backstage-plugin-orchestrator-backend-module-embedded.',
      );
    }
    if (configured === undefined) {
      const [engine, ...others] = this.#engines.values();
      if (others.length > 0) {
        throw new Error(
          `Several workflow engines are installed (${ids}): say in orchestrator.engine which one to use.`,
        );
      }
      return engine;
    }
    const engine = this.#engines.get(configured);
    if (!engine) {
      throw new Error(
        `The workflow engine "${configured}" of orchestrator.engine is not installed; installed: ${ids}.`,
      );
    }
    return engine;
  }
}
