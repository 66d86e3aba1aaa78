import { portal } from './portal';

/** The orchestrator's HTTP API as a person of the sample portal sees it. */
export class PortalApi {
  readonly #backendUrl: string;
  /** The person's Backstage token. */
  readonly token: string;

  /** @param user - a name of `auth.providers.dev-user.users` */
  static async signIn(
    user: string,
    backendUrl: string = portal.backendUrl,
  ): Promise<PortalApi> {
    const answer = await fetch(`${backendUrl}/api/auth/dev-user/refresh`, {
      headers: { 'x-dev-user': user },
    });
    const { backstageIdentity } = await answer.json();
    return new PortalApi(backendUrl, backstageIdentity.token);
  }

  /** As somebody who has signed in otherwise. */
  static withToken(token: string, backendUrl: string): PortalApi {
    return new PortalApi(backendUrl, token);
  }

  private constructor(backendUrl: string, token: string) {
    this.#backendUrl = backendUrl;
    this.token = token;
  }

  get(path: string): Promise<Response> {
    return this.#send('GET', path);
  }

  post(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<Response> {
    return this.#send('POST', path, JSON.stringify(body), headers);
  }

  /** Runs a workflow and answers the id of its instance. */
  async run(workflowId: string, input: unknown): Promise<string> {
    const answer = await this.post(`/workflows/${workflowId}/instances`, {
      input,
    });
    if (!answer.ok) {
      throw new Error(`${workflowId} was not run: ${await answer.text()}`);
    }
    return (await answer.json()).id;
  }

  #send(
    method: string,
    path: string,
    body?: string,
    headers?: Record<string, string>,
  ): Promise<Response> {
    return fetch(`${this.#backendUrl}/api/orchestrator${path}`, {
      method,
      body,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        ...headers,
      },
    });
  }
}
