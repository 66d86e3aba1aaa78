import type {
  EngineDefinition,
  EngineDeployment,
  EngineInstance,
  EngineWorkflow,
  InputProblem,
  RunOutcome,
  WorkflowVersionRef,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import type {
  Json,
  RuntimeRunResult,
  WorkflowRuntime,
} from '@open-orchestrator/serverless-workflow/runtime';
import { createWorkflowRuntime } from '@open-orchestrator/serverless-workflow/runtime';
import type { EngineEvents, RunParams, StartParams } from '../channel';
import type { EmbeddedConfig } from '../config/EmbeddedConfig';
import { DeploymentChange, Deployments } from '../deployment';
import { EgressList, GuardedHttpClient } from '../egress';
import { FolderResources, FolderWatch, readFolder } from '../folder';
import { describeInstance, describeSummary } from './describeInstance';
import { InstanceActions } from './InstanceActions';
import { KeptInstances } from './KeptInstances';
import { Outbox } from './Outbox';
import { ProducedEvents } from './ProducedEvents';
import { Settings } from './Settings';

/** A file that looked half-written is looked at again after this time. */
const SECOND_LOOK_MS = 100;
/** Share of the heap that details of finished instances may take. */
const DETAILS_SHARE = 1 / 4;

/** The engine as it runs in its process. */
export class HostedEngine {
  readonly actions: InstanceActions;
  readonly #config: EmbeddedConfig;
  readonly #runtime: WorkflowRuntime;
  readonly #deployments: Deployments;
  readonly #settings: Settings;
  readonly #outbox: Outbox;
  /** Business keys of the runs that are being answered. */
  readonly #requested = new Set<string>();
  #watch: FolderWatch | undefined;

  private constructor(params: StartParams, outbox: Outbox) {
    const { config, quarantine, retained } = params;
    const { workflows: folder, limits } = config;
    this.#config = config;
    const http = GuardedHttpClient.create({
      allow: EgressList.parse(config.egressAllow),
    });
    this.#outbox = outbox;
    this.#settings = Settings.create(config);
    const events = ProducedEvents.create(
      event => this.#runtime.sendEvent(event),
      message => this.#log('warn', message),
    );
    this.#runtime = createWorkflowRuntime({
      http,
      properties: this.#settings.properties,
      secret: this.#settings.secret,
      limits: {
        instances: limits.instances,
        steps: limits.steps,
        dataBytes: limits.dataBytes,
      },
      publish: events.publish,
      log: ({ level, message, instanceId }) =>
        this.#log(logLevel(level), `[${instanceId}] ${message}`),
    });
    const kept = KeptInstances.create({
      runtime: this.#runtime,
      maxFinished: limits.finished,
      maxBytes: limits.memoryMb * 1_000_000 * DETAILS_SHARE,
      onEvicted: ids => outbox.evicted(ids),
    });
    this.#deployments = Deployments.create({
      folder,
      runtime: this.#runtime,
      resources: FolderResources.create({ folder, http }),
      witness: {
        loading: file => outbox.tellAtOnce('loading', file),
        loaded: () => void outbox.tell('loaded', {}),
        retain: file => void outbox.tell('retain', file),
        release: path => void outbox.tell('release', { path }),
      },
      quarantine,
      retained,
      instancesByRevision: () => kept.byRevision(),
    });
    this.actions = InstanceActions.create(
      this.#runtime,
      () => this.#settings.redactor,
    );
    this.#runtime.subscribe(summary => {
      kept.note(summary);
      outbox.changed(
        describeSummary(summary, this.#settings.redactor),
        this.#requested.has(summary.businessKey ?? ''),
      );
    });
  }

  /** Resolves when the workflow folder is loaded. */
  static async start(
    params: StartParams,
    outbox: Outbox,
  ): Promise<HostedEngine> {
    const engine = new HostedEngine(params, outbox);
    await engine.#reload(performance.now());
    await engine.#watchFolder();
    return engine;
  }

  async stop(): Promise<void> {
    this.#runtime.stop();
    await this.#watch?.stop();
  }

  listWorkflows(): EngineWorkflow[] {
    return this.#deployments.workflows();
  }

  getDefinition(ref: WorkflowVersionRef): EngineDefinition | undefined {
    const definition = this.#deployments.find(ref);
    return (
      definition && {
        workflowId: definition.workflow.id,
        version: definition.workflow.version,
        revision: definition.revision,
        format: definition.format,
        source: definition.source,
      }
    );
  }

  getInputSchema(ref: WorkflowVersionRef): Record<string, unknown> | undefined {
    const schema =
      this.#deployments.find(ref)?.workflow.dataInputSchema?.schema;
    // A schema in a file of its own was brought in when the definition was loaded.
    return typeof schema === 'object' ? schema : undefined;
  }

  validateInput(ref: WorkflowVersionRef, input: unknown): InputProblem[] {
    return this.#runtime.validateInput(ref.workflowId, input as Json);
  }

  async run(params: RunParams): Promise<RunOutcome> {
    const { workflowId, version, input, businessKey, headers } = params;
    if (!this.#deployments.find({ workflowId, version })) {
      const of = version === undefined ? '' : ` in version ${version}`;
      return {
        outcome: 'refused',
        reason: 'unknown-workflow',
        message: `There is no workflow ${workflowId}${of}.`,
      };
    }
    this.#requested.add(businessKey);
    try {
      const result = await this.#runtime.run({
        workflowId,
        input: input as Json,
        businessKey,
        headers,
      });
      return this.#outcome(result);
    } finally {
      this.#requested.delete(businessKey);
    }
  }

  getInstance(id: string): EngineInstance | undefined {
    const snapshot = this.#runtime.get(id);
    return snapshot && describeInstance(snapshot, this.#settings.redactor);
  }

  deployment(): EngineDeployment {
    const view = this.#deployments.view();
    const { problem } = this.#settings;
    return problem === undefined
      ? view
      : {
          ...view,
          errorCount: view.errorCount + 1,
          files: [...view.files, unreadable('application.properties', problem)],
        };
  }

  #outcome(result: RuntimeRunResult): RunOutcome {
    const { redactor } = this.#settings;
    switch (result.outcome) {
      case 'started': {
        const { id, state } = result.instance;
        return { outcome: 'started', engineInstanceId: id, state };
      }
      case 'failed':
        return {
          outcome: 'failed',
          engineInstanceId: result.instance.id,
          message: redactor.text(result.message),
        };
      default: {
        const { reason, problems } = result;
        const message = problems
          ? 'The input does not fit the input schema.'
          : redactor.text(result.message);
        return { outcome: 'refused', reason, message, problems };
      }
    }
  }

  async #watchFolder(): Promise<void> {
    const { workflows, properties, pollMs } = this.#config;
    this.#watch = await FolderWatch.start({
      paths: [workflows, properties],
      pollMs,
      onChange: noticedAt => this.#reload(noticedAt),
    });
    // What changed between the first reading and the watch was not told.
    this.#watch.lookAgainIn(0);
  }

  async #reload(noticedAt: number): Promise<void> {
    const settingsChanged = await this.#settings.reload();
    const snapshot = await readFolder(this.#config.workflows);
    const change = await this.#deployments.apply(snapshot, noticedAt);
    if (settingsChanged) {
      this.#deployments.redeploy();
    }
    if (change.unsettled) {
      this.#watch?.lookAgainIn(SECOND_LOOK_MS);
    }
    if (change.loaded.length + change.removed.length > 0) {
      void this.#outbox.tell('workflowsChanged', {});
    }
    this.#logChange(change);
  }

  #logChange({ loaded, removed, failed }: DeploymentChange): void {
    if (loaded.length > 0) {
      this.#log('info', `Loaded ${loaded.join(', ')}`);
    }
    if (removed.length > 0) {
      this.#log('info', `Removed the workflows ${removed.join(', ')}`);
    }
    for (const file of this.#deployments.view().files) {
      const error = file.problems.find(({ severity }) => severity === 'error');
      if (error && failed.includes(file.path)) {
        const place = error.line ? `:${error.line}:${error.column}` : '';
        this.#log('warn', `${file.path}${place}: ${error.message}`);
      }
    }
  }

  #log(level: EngineEvents['log']['level'], message: string): void {
    this.#outbox.log(level, this.#settings.redactor.text(message));
  }
}

function unreadable(
  path: string,
  message: string,
): EngineDeployment['files'][number] {
  return {
    path,
    status: 'failed',
    problems: [{ severity: 'error', message }],
  };
}

/** `sysout` takes the level names of Java's loggers. */
function logLevel(level: string): EngineEvents['log']['level'] {
  switch (level.toUpperCase()) {
    case 'ERROR':
    case 'FATAL':
    case 'SEVERE':
      return 'error';
    case 'WARN':
    case 'WARNING':
      return 'warn';
    case 'DEBUG':
    case 'TRACE':
      return 'debug';
    default:
      return 'info';
  }
}
