import { Json } from '../model';
import { Target, TargetRequest, TargetResponse } from './Target';

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
