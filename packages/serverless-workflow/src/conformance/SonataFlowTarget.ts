import { HttpRequest } from '../runtime/HttpClient';
import { RuntimeEvent } from '../runtime/WorkflowRuntime';
import { Json } from '../model';
import { ConformanceCase } from './ConformanceCase';
import { ListeningServices } from './ListeningServices';
import { sendRequest } from './sendRequest';
import { mocksOf } from './servicePorts';
import {
  CaseDefinition,
  Target,
  TargetRequest,
  TargetResponse,
} from './Target';

/** Steps that look at what can't be seen from outside. */
const HIDDEN_STEPS = ['deploy', 'expectLog', 'expectLogs', 'waitFinish'];

/** Those that can be seen when services and event sink of the application are the player's. */
const SEEN_BY_SERVICES = ['expectMockCall', 'expectPublishedEvent'];

/**
 * A running SonataFlow application that has the workflows of the cases. What it logs can't be seen
 * from outside; what it calls and publishes only when it was started with the player's services.
 */
export class SonataFlowTarget implements Target {
  readonly logs = [];
  readonly #baseUrl: string;
  readonly #services: ListeningServices | undefined;

  constructor(baseUrl: string, services?: ListeningServices) {
    this.#baseUrl = baseUrl.replace(/\/$/, '');
    this.#services = services;
  }

  get published(): readonly RuntimeEvent[] {
    return this.#services?.published ?? [];
  }

  get calls(): readonly HttpRequest[] {
    return this.#services?.calls ?? [];
  }

  async obstacle(
    conformanceCase: ConformanceCase,
    [own, ...others]: readonly CaseDefinition[],
  ): Promise<string | undefined> {
    const unseen = this.#unseen(conformanceCase);
    if (unseen !== undefined) {
      return unseen;
    }
    this.#services?.begin(conformanceCase);
    for (const each of [own, ...others]) {
      const missing = await this.#missing(each, conformanceCase, each === own);
      if (missing !== undefined) {
        return missing;
      }
    }
    return undefined;
  }

  #unseen(conformanceCase: ConformanceCase): string | undefined {
    const mocks = mocksOf(conformanceCase);
    if (mocks.length > 0 && !this.#services) {
      return 'its services can not be given to a running application';
    }
    if (mocks.some(({ configKey }) => configKey === undefined)) {
      return 'no property tells the application where its services are';
    }
    const hidden = [
      ...HIDDEN_STEPS,
      ...(this.#services ? [] : SEEN_BY_SERVICES),
    ];
    const { steps = [] } = conformanceCase;
    const step = steps.find(({ op }) => hidden.includes(op))?.op;
    return step && `a running application does not show: ${step}`;
  }

  /** Whether the application has the very definition, as far as it tells. */
  async #missing(
    { text }: CaseDefinition,
    { workflow_id: caseId }: ConformanceCase,
    isOwn: boolean,
  ): Promise<string | undefined> {
    const id = isOwn ? caseId : idIn(text);
    if (id === undefined) {
      return undefined;
    }
    const known = await this.request({
      method: 'GET',
      path: `/management/processes/${id}`,
    });
    if (known.status === 404) {
      return `the application does not have ${id}`;
    }
    const source = await sendRequest(
      `${this.#baseUrl}/management/processes/${encodeURI(id)}/source`,
      { method: 'GET' },
    );
    return source.status === 200 && source.body.trim() !== text.trim()
      ? `the application has another definition of ${id}`
      : undefined;
  }

  async deploy(): Promise<string[]> {
    return [];
  }

  async request(request: TargetRequest): Promise<TargetResponse> {
    const { method, path, query = {}, headers, body } = request;
    const parameters = new URLSearchParams(query).toString();
    const search = parameters === '' ? '' : `?${parameters}`;
    const isText = typeof body === 'string';
    const response = await sendRequest(
      `${this.#baseUrl}${encodeURI(path)}${search}`,
      {
        method,
        headers: {
          'Content-Type': isText ? 'text/plain' : 'application/json',
          ...headers,
        },
        body: isText || body === undefined ? body : JSON.stringify(body),
      },
    );
    return { status: response.status, body: read(response.body) };
  }

  async wait(durationMs: number): Promise<void> {
    await new Promise(resolve => {
      setTimeout(resolve, durationMs);
    });
  }

  finalData(): undefined {
    return undefined;
  }

  close(): void {}
}

function idIn(text: string): string | undefined {
  return /^\s*"?id"?\s*:\s*"?([\w-]+)/m.exec(text)?.[1];
}

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}
