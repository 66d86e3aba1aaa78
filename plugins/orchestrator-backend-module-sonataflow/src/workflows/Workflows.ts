import {
  EngineDefinition,
  EngineNotCalledError,
  EngineRefusedError,
  EngineUnreachableError,
  EngineWorkflow,
  InputProblem,
  InstanceNotFoundError,
  RunOutcome,
  WorkflowVersionRef,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { JsonRecord } from '../dataIndex/json';
import { beforeActing } from '../instances/beforeActing';
import { ServiceClient } from '../service/ServiceClient';
import { ServiceClients } from '../service/ServiceClients';
import { Definition } from './Definition';
import { DeploymentProbe, isReplaced } from './DeploymentProbe';
import { InputValidator } from './InputValidator';
import { revisionOf, SourceFacts, sourceFacts } from './sourceFacts';
import { WorkflowCatalog } from './WorkflowCatalog';

/** A workflow and the service that has it. */
export interface DeployedVersion {
  definition: Definition;
  service: ServiceClient;
}

/** What to start, or why it can't be started. */
export type RunChoice =
  | DeployedVersion
  | Extract<RunOutcome, { outcome: 'refused' }>;

/** Answers the port's questions about workflows. */
export class Workflows {
  readonly #catalog: WorkflowCatalog;
  readonly #services: ServiceClients;
  readonly #deployments: DeploymentProbe;
  readonly #validator = InputValidator.create();

  private constructor(
    catalog: WorkflowCatalog,
    services: ServiceClients,
    deployments: DeploymentProbe,
  ) {
    this.#catalog = catalog;
    this.#services = services;
    this.#deployments = deployments;
  }

  static create(options: {
    catalog: WorkflowCatalog;
    services: ServiceClients;
    deployments: DeploymentProbe;
  }): Workflows {
    const { catalog, services, deployments } = options;
    return new Workflows(catalog, services, deployments);
  }

  /** Every version of every workflow; a service that hangs keeps nobody waiting. */
  async list(signal?: AbortSignal): Promise<EngineWorkflow[]> {
    const definitions = await this.#catalog.list();
    signal?.throwIfAborted();
    return Promise.all(definitions.map(each => this.#describe(each)));
  }

  /** Source text of one version; undefined when the workflow or its text is unknown. */
  async definition(
    ref: WorkflowVersionRef,
    signal?: AbortSignal,
  ): Promise<EngineDefinition | undefined> {
    const definition = await this.#catalog.find(ref.workflowId, ref.version);
    signal?.throwIfAborted();
    if (!definition) {
      return undefined;
    }
    const detail = await this.#catalog.detail(definition);
    const source =
      detail.source ??
      (await this.#serviceOf(definition)?.source(definition.id, signal));
    if (source === undefined) {
      return undefined;
    }
    const { format, revision } = detail.facts ?? sourceFacts(source);
    return {
      workflowId: definition.id,
      version: definition.version,
      revision,
      format,
      source,
    };
  }

  /**
   * Of the version that a run would start. The service resolves references; without it only a schema
   * in the definition itself is known.
   */
  async inputSchema(
    ref: WorkflowVersionRef,
    signal?: AbortSignal,
  ): Promise<JsonRecord | undefined> {
    const choice = await this.#choose(ref);
    const definition =
      'definition' in choice
        ? choice.definition
        : await this.#catalog.find(ref.workflowId, ref.version);
    if (!definition) {
      return undefined;
    }
    const { availability, inputSchema } = await this.#deployments.of(
      definition,
    );
    signal?.throwIfAborted();
    if (availability.state === 'available') {
      return inputSchema;
    }
    const { facts } = await this.#catalog.detail(definition);
    if (!facts?.declaresInputSchema) {
      return undefined;
    }
    if (!facts.inlineInputSchema) {
      throw new EngineUnreachableError(
        `The input schema of ${definition.id} ${definition.version} can't be read: ${availability.reason}`,
      );
    }
    return facts.inlineInputSchema;
  }

  /** What is wrong with an input. */
  async inputProblems(
    ref: WorkflowVersionRef,
    input: JsonRecord,
    signal?: AbortSignal,
  ): Promise<InputProblem[]> {
    const schema = await this.inputSchema(ref, signal);
    return schema ? this.#validator.validate(schema, input) : [];
  }

  /** The version asked for, or else the newest that is deployed. */
  async chooseForRun(
    ref: WorkflowVersionRef,
    signal?: AbortSignal,
  ): Promise<RunChoice> {
    const choice = await this.#choose(ref);
    signal?.throwIfAborted();
    if ('outcome' in choice) {
      return choice;
    }
    const { facts } = await this.#detailOrNothing(choice.definition);
    return facts?.startsByEvent ? startsOnlyByEvent(choice.definition) : choice;
  }

  /**
   * The version asked for, or else the newest deployed one that consumes events of the type, with its
   * service. A definition that can't be read may consume them.
   *
   * @throws EngineRefusedError when the version asked for was replaced: waiting does not bring it back
   */
  async consumer(
    { workflowId, version }: WorkflowVersionRef,
    type: string,
  ): Promise<DeployedVersion> {
    if (version !== undefined) {
      const ref = { workflowId, version };
      const choice = await this.#choose(ref);
      if ('outcome' in choice && (await this.#isReplaced(ref))) {
        throw new EngineRefusedError(choice.message);
      }
      return deployedOrThrow(choice);
    }
    const versions = await this.#catalog.versions(workflowId);
    const details = await Promise.all(
      versions.map(each => this.#detailOrNothing(each)),
    );
    const consumers = versions.filter(
      (_, i) => details[i].facts?.consumedEventTypes.includes(type) ?? true,
    );
    return deployedOrThrow(
      consumers.length > 0
        ? await this.#chooseAmong(consumers, workflowId)
        : await this.#choose({ workflowId }),
    );
  }

  /**
   * Ids of the workflows that an event type starts, at one service or at all of them; none when an
   * instance may wait for such an event, or the source of a definition can't be read.
   *
   * @throws EngineNotCalledError while that can't be told yet
   */
  async startedBy(type: string, serviceAddress?: string): Promise<string[]> {
    const definitions = (await beforeActing(this.#catalog.atHand())).filter(
      each =>
        serviceAddress === undefined || each.serviceAddress === serviceAddress,
    );
    const details = await Promise.all(
      definitions.map(each => this.#catalog.detailSoon(each)),
    );
    const unread = definitions.find((_, i) => details[i] === undefined);
    if (unread) {
      throw new EngineNotCalledError(
        `Whether the event starts anything is not known yet: the Data Index has not told the definition of ${unread.id}`,
      );
    }
    const ids = new Set<string>();
    for (const [i, { id }] of definitions.entries()) {
      const facts = details[i]?.facts;
      const consumes = facts?.consumedEventTypes.includes(type);
      if (!facts || (consumes && !facts.startingEventTypes.includes(type))) {
        return [];
      }
      if (consumes) {
        ids.add(id);
      }
    }
    return [...ids];
  }

  /** Whether every service that had a version says that it has another one now, or none. */
  async #isReplaced({ workflowId, version }: WorkflowVersionRef) {
    const definitions = await this.#catalog.versions(workflowId, version);
    const deployments = await Promise.all(
      definitions.map(definition => this.#deployments.of(definition)),
    );
    return (
      deployments.length > 0 &&
      deployments.every(each => each.isAnswered && isReplaced(each))
    );
  }

  async #choose(ref: WorkflowVersionRef): Promise<RunChoice> {
    const versions = await this.#catalog.versions(ref.workflowId, ref.version);
    if (versions.length === 0) {
      return {
        outcome: 'refused',
        reason: 'unknown-workflow',
        message: `There is no workflow ${nameOf(ref)}`,
      };
    }
    return this.#chooseAmong(versions, nameOf(ref));
  }

  async #chooseAmong(versions: Definition[], name: string): Promise<RunChoice> {
    const reasons: string[] = [];
    for (const definition of versions) {
      const { availability } = await this.#deployments.of(definition);
      const service = this.#serviceOf(definition);
      if (service && availability.state !== 'unavailable') {
        return { definition, service };
      }
      reasons.push(availability.reason ?? 'It has no service');
    }
    return {
      outcome: 'refused',
      reason: 'unreachable',
      message: `${name} can't be run: ${reasons[0]}`,
    };
  }

  #serviceOf({ serviceAddress }: Definition): ServiceClient | undefined {
    return serviceAddress === undefined
      ? undefined
      : this.#services.find(serviceAddress);
  }

  async #describe(definition: Definition): Promise<EngineWorkflow> {
    const [deployment, detail] = await Promise.all([
      this.#deployments.soon(definition),
      this.#catalog.detailSoon(definition),
    ]);
    const facts = detail?.facts;
    return {
      id: definition.id,
      version: definition.version,
      revision: facts?.revision ?? revisionWithoutSource(definition),
      name: definition.name,
      // An embedded index leaves them empty at its first start.
      description: definition.description ?? facts?.description,
      annotations:
        definition.annotations.length > 0
          ? definition.annotations
          : facts?.annotations ?? [],
      metadata: definition.metadata,
      hasInputSchema:
        deployment.inputSchema !== undefined ||
        (deployment.availability.state !== 'available' &&
          facts?.declaresInputSchema === true),
      startsByEvent: facts?.startsByEvent ?? false,
      consumedEventTypes: facts?.consumedEventTypes ?? [],
      startingEventTypes: facts?.entryEventTypes ?? [],
      serviceUrl: definition.serviceAddress,
      availability: deployment.availability,
      isUnread: facts === undefined,
    };
  }

  /** A definition whose detail can't be read is listed with what is known. */
  async #detailOrNothing(
    definition: Definition,
  ): Promise<{ facts?: SourceFacts }> {
    try {
      return await this.#catalog.detailAtHand(definition);
    } catch {
      return {};
    }
  }
}

function deployedOrThrow(choice: RunChoice): DeployedVersion {
  if ('service' in choice) {
    return choice;
  }
  throw choice.reason === 'unknown-workflow'
    ? new InstanceNotFoundError(choice.message)
    : new EngineNotCalledError(choice.message);
}

/** The service would refuse as well, but leave an instance behind that nobody can end. */
function startsOnlyByEvent({ name }: Definition): RunChoice {
  return {
    outcome: 'refused',
    reason: 'engine',
    message: `${name} starts only by an event`,
  };
}

function nameOf(ref: WorkflowVersionRef): string {
  return ref.version === undefined
    ? ref.workflowId
    : `${ref.workflowId} ${ref.version}`;
}

function revisionWithoutSource({ id, version, name }: Definition): string {
  return revisionOf(JSON.stringify([id, version, name]));
}
