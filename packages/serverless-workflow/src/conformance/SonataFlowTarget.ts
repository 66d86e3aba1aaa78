import { Json } from '../model';
import { ConformanceCase } from './ConformanceCase';
import { Target, TargetRequest, TargetResponse } from './Target';

/** Steps that look at what can't be seen from outside. */
const HIDDEN_STEPS = [
  'deploy',
  'expectLog',
  'expectLogs',
  'expectMockCall',
  'expectPublishedEvent',
  'waitFinish',
];

/**
 * A running SonataFlow application that has the workflows of the cases. What it publishes, logs and
 * calls can't be seen from outside.
 */
export class SonataFlowTarget implements Target {
  readonly published = [];
  readonly logs = [];
  readonly calls = [];
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl.replace(/\/$/, '');
  }

  obstacle({ mocks = [], steps = [] }: ConformanceCase): string | undefined {
    if (mocks.length > 0) {
      return 'its services can not be given to a running application';
    }
    const hidden = steps.find(({ op }) => HIDDEN_STEPS.includes(op))?.op;
    return hidden && `a running application does not show: ${hidden}`;
  }

  async deploy(): Promise<string[]> {
    return [];
  }

  async request(request: TargetRequest): Promise<TargetResponse> {
    const { method, path, query = {}, headers, body } = request;
    const parameters = new URLSearchParams(query).toString();
    const search = parameters === '' ? '' : `?${parameters}`;
    const isText = typeof body === 'string';
    const response = await fetch(
      `${this.#baseUrl}${encodeURI(path)}${search}`,
      {
        method,
        headers: {
          'content-type': isText ? 'text/plain' : 'application/json',
          ...headers,
        },
        body: isText || body === undefined ? body : JSON.stringify(body),
      },
    );
    return { status: response.status, body: read(await response.text()) };
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

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}
