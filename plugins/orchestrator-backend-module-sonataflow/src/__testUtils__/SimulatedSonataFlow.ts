import {
  ContractService,
  contractFiles,
  contractWorkflowIds,
} from '@open-orchestrator/backstage-plugin-orchestrator-node/testing';
import { randomUUID } from 'crypto';
import {
  IndexedInstance,
  IndexedNode,
  SimulatedDataIndex,
} from './SimulatedDataIndex';
import {
  Data,
  dataOf,
  merged,
  notFound,
  refusedInput,
  started,
  text,
  timerNode,
  waitNode,
} from './simulatedAnswers';
import { SimulatedTimers } from './SimulatedTimers';
import { Reaction, ReceivedRequest, TestServer } from './TestServer';

interface Start {
  workflowId: string;
  data: Data;
  businessKey?: string;
  parentId?: string;
}

const SLEEP_MS = 2_000;
const HOUR_MS = 3_600_000;
const {
  approval,
  calling,
  eventStart,
  failing,
  greeting,
  parent,
  resting,
  sleeping,
  timed,
} = contractWorkflowIds;

/**
 * A SonataFlow service with an embedded Data Index, as far as the workflows of the engine contract
 * need one. It speaks as SonataFlow 10.1 does, and runs nothing but those workflows.
 */
export class SimulatedSonataFlow {
  readonly index = new SimulatedDataIndex();
  readonly #service: ContractService;
  readonly #sources: Record<string, string>;
  readonly #timers = new SimulatedTimers(this.index);
  #server?: TestServer;

  private constructor(service: ContractService) {
    this.#service = service;
    this.#sources = contractFiles(service);
  }

  static async start(service: ContractService): Promise<SimulatedSonataFlow> {
    const simulated = new SimulatedSonataFlow(service);
    simulated.#server = await TestServer.start(request =>
      simulated.#react(request),
    );
    simulated.#deploy();
    return simulated;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  async close(): Promise<void> {
    this.#timers.stop();
    await this.#server?.close();
  }

  #deploy() {
    Object.values(contractWorkflowIds).forEach(id => {
      const source = this.#sources[`${id.replace(/_/g, '-')}.sw.json`];
      const { version, name, description, annotations, states } =
        JSON.parse(source);
      this.index.definitions.push({
        id,
        version,
        name,
        description,
        annotations: annotations ?? [],
        type: 'SW',
        serviceUrl: this.url,
        endpoint: `${this.url}/${id}`,
        source,
        nodes: states.map((state: { name: string }, i: number) => ({
          id: String(i + 3),
          name: state.name,
          type: 'CompositeContextNode',
          state: state.name,
        })),
      });
    });
  }

  async #react(request: ReceivedRequest): Promise<Reaction> {
    const url = new URL(request.url, 'http://service');
    const path = url.pathname.split('/').slice(1);
    const route = `${request.method} ${path[0]}`;
    if (route === 'POST graphql') return this.index.answer(request);
    if (path[0] === 'management') return this.#manage(request.method, path);
    const body = request.body ? JSON.parse(request.body) : {};
    if (route === 'POST ') return this.#receive(body);
    if (path[1]) return this.#touch(request.method, path[1], body);
    return this.#start({
      workflowId: path[0],
      data: body.workflowdata,
      businessKey: url.searchParams.get('businessKey') ?? undefined,
    });
  }

  /** `/{workflowId}/{id}` */
  #touch(method: string, instanceId: string, body: Data): Reaction {
    const instance = this.#unfinished(instanceId);
    if (!instance) {
      return text(404, '');
    }
    if (method === 'PATCH') {
      this.#merge(instance, body.workflowdata as Data);
    }
    return { status: 200, body: { id: instanceId } };
  }

  /** `/management/processes/{workflowId}[/instances/{id}[/{action}[/{nodeId}]]]` */
  #manage(method: string, path: string[]): Reaction | Promise<Reaction> {
    const [, , workflowId, what, instanceId, action, nodeId] = path;
    const source = this.#sources[`${workflowId.replace(/_/g, '-')}.sw.json`];
    if (!source) {
      return notFound('Process', workflowId);
    }
    if (what === undefined) {
      return { status: 200, body: this.#description(source) };
    }
    const instance = this.#unfinished(instanceId);
    if (!instance) {
      return notFound('Process instance', instanceId);
    }
    if (method === 'DELETE') {
      this.#end(instance, 'ABORTED');
      return { status: 200, body: { id: instanceId } };
    }
    if (action === 'nodeInstances') {
      return this.#enterAgain(instance, nodeId);
    }
    if (instance.state !== 'ERROR') {
      return text(
        400,
        `Process instance with id ${instanceId} is not in error state`,
      );
    }
    return action === 'skip' ? this.#skip(instance) : this.#goOn(instance);
  }

  #unfinished(id: string): IndexedInstance | undefined {
    const instance = this.index.instances.get(id);
    return instance && ['ACTIVE', 'ERROR'].includes(instance.state)
      ? instance
      : undefined;
  }

  /** The node that is left keeps its entry without an exit. */
  #enterAgain(instance: IndexedInstance, nodeId: string): Reaction {
    const node = instance.nodes?.find(({ id }) => id === nodeId);
    if (!node) {
      return {
        status: 404,
        body: {
          message: `Node instance with id ${nodeId} not found within process instance ${instance.id}`,
        },
      };
    }
    const enter = Math.max(Date.now(), node.enter + 1);
    instance.nodes?.push({ ...node, id: randomUUID(), enter });
    this.index.put(instance);
    return { status: 200, body: { id: instance.id } };
  }

  #skip(instance: IndexedInstance): Reaction {
    const node = instance.nodes?.[0];
    if (node) {
      const now = Date.now();
      instance.nodes?.push({
        ...node,
        id: randomUUID(),
        enter: now,
        exit: now,
        errorMessage: undefined,
        retrigger: null,
      });
    }
    this.#end(instance, 'COMPLETED');
    return started(instance);
  }

  #goOn(instance: IndexedInstance): Reaction | Promise<Reaction> {
    if (instance.processId === calling) {
      return this.#call(instance);
    }
    this.#end(instance, 'COMPLETED');
    return started(instance);
  }

  #description(source: string) {
    const { id, version, dataInputSchema } = JSON.parse(source);
    const schema = this.#sources[dataInputSchema];
    return {
      id,
      version,
      type: 'SW',
      ...(schema ? { inputSchema: JSON.parse(schema) } : {}),
    };
  }

  async #start(start: Start): Promise<Reaction> {
    const { workflowId, data } = start;
    switch (workflowId) {
      case greeting:
        if (!data.name) return refusedInput();
        return this.#greet(this.#enter(start, 'Greet'));
      case approval:
        return started(
          this.#enter(start, 'Wait', waitNode('decided', 'EventNode')),
        );
      case failing:
        return this.#fail(
          this.#enter(start, 'Choose'),
          400,
          'XOR split could not find at least one valid outgoing connection for split Choose',
        );
      case calling:
        return this.#call(this.#enter(start, 'Call'));
      case parent:
        return this.#runChild(this.#enter(start, 'Greet'));
      case sleeping:
        return this.#sleep(this.#enter(start, 'Sleep', timerNode()), SLEEP_MS, {
          slept: true,
        });
      case resting:
        return this.#sleep(this.#enter(start, 'Rest', timerNode()), HOUR_MS, {
          rested: true,
        });
      case timed:
        return this.#limitTime(
          this.#enter(start, 'Wait', waitNode('decided', 'EventNode')),
        );
      default:
        return text(404, '<html>Resource not found</html>');
    }
  }

  #enter(
    start: Start,
    state: string,
    ...waits: IndexedNode[]
  ): IndexedInstance {
    const now = Date.now();
    const instance: IndexedInstance = {
      id: randomUUID(),
      processId: start.workflowId,
      version: '1.0',
      state: 'ACTIVE',
      start: now,
      lastUpdate: now,
      businessKey: start.businessKey,
      parentProcessInstanceId: start.parentId,
      rootProcessInstanceId: start.parentId,
      serviceUrl: this.url,
      endpoint: `${this.url}/${start.workflowId}`,
      variables: { workflowdata: start.data, workflowdatainput: start.data },
      nodes: [
        {
          id: randomUUID(),
          name: state,
          type: 'CompositeContextNode',
          enter: now,
          definitionId: '3',
        },
        ...waits,
      ],
    };
    this.index.put(instance);
    return instance;
  }

  #greet(instance: IndexedInstance): Reaction {
    this.#merge(instance, { message: `Hello ${dataOf(instance).name}` });
    this.#end(instance, 'COMPLETED');
    return started(instance);
  }

  async #call(instance: IndexedInstance): Promise<Reaction> {
    const { host, port } = this.#service;
    const response = await fetch(`http://${host}:${port}/state`);
    if (!response.ok) {
      return this.#fail(instance, 500, 'Request failed with message: no');
    }
    this.#merge(instance, { answer: await response.json() });
    instance.error = undefined;
    this.#end(instance, 'COMPLETED');
    return started(instance);
  }

  #runChild(instance: IndexedInstance): Reaction {
    const child = this.#enter(
      {
        workflowId: greeting,
        data: dataOf(instance),
        parentId: instance.id,
      },
      'Greet',
    );
    this.#greet(child);
    this.#merge(instance, dataOf(child));
    this.#end(instance, 'COMPLETED');
    return started(instance);
  }

  #sleep(instance: IndexedInstance, ms: number, result: Data): Reaction {
    const nodeInstanceId = instance.nodes?.at(-1)?.id;
    this.#timers.schedule({ instance, nodeInstanceId, ms }, () => {
      this.#merge(instance, result);
      this.#end(instance, 'COMPLETED');
    });
    return started(instance);
  }

  #limitTime(instance: IndexedInstance): Reaction {
    this.#timers.schedule({ instance, ms: SLEEP_MS }, () => {
      this.#end(instance, 'ABORTED');
    });
    return started(instance);
  }

  #receive(event: Data): Reaction {
    if (event.type === 'contract.order.placed') {
      const instance = this.#enter(
        {
          workflowId: eventStart,
          data: {},
          businessKey: event.kogitobusinesskey as string | undefined,
        },
        'Receive',
      );
      this.#merge(instance, event.data as Data);
      this.#end(instance, 'COMPLETED');
    }
    const waiting = this.index.instances.get(String(event.kogitoprocrefid));
    if (waiting?.state === 'ACTIVE') {
      this.#merge(waiting, { decision: event.data });
      this.#end(waiting, 'COMPLETED');
    }
    return { status: 202 };
  }

  #merge(instance: IndexedInstance, change: Data) {
    instance.variables = {
      ...(instance.variables as Data),
      workflowdata: merged(dataOf(instance), change),
    };
  }

  #end(instance: IndexedInstance, state: string) {
    instance.state = state;
    instance.end = Date.now();
    instance.lastUpdate = instance.end;
    if (state === 'COMPLETED') {
      instance.nodes?.forEach(node => (node.exit ??= Date.now()));
    }
    this.index.put(instance);
  }

  /** `lastUpdate` stays where it was, as in the real index. */
  #fail(instance: IndexedInstance, status: number, message: string): Reaction {
    const node = instance.nodes?.[0];
    instance.state = 'ERROR';
    instance.error = {
      nodeDefinitionId: '3',
      nodeInstanceId: node?.id,
      message: `java.lang.IllegalArgumentException - ${message}`,
    };
    if (node) {
      node.errorMessage = instance.error.message;
    }
    this.index.put(instance);
    return { status, body: { id: instance.id, failedNodeId: '3', message } };
  }
}
