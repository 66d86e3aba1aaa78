import { portal } from './portal';

/** The orchestrator's HTTP API as a person of the sample portal sees it. */
export class PortalApi {
  readonly #token: string;

  /** @param user - a name of `auth.providers.dev-user.users` */
  static async signIn(user: string): Promise<PortalApi> {
    const answer = await fetch(
      `${portal.backendUrl}/api/auth/dev-user/refresh`,
      { headers: { 'x-dev-user': user } },
    );
    const { backstageIdentity } = await answer.json();
    return new PortalApi(backstageIdentity.token);
  }

  private constructor(token: string) {
    this.#token = token;
  }

  get(path: string): Promise<Response> {
    return this.#send('GET', path);
  }

  post(path: string, body: unknown): Promise<Response> {
    return this.#send('POST', path, JSON.stringify(body));
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

  #send(method: string, path: string, body?: string): Promise<Response> {
    return fetch(`${portal.backendUrl}/api/orchestrator${path}`, {
      method,
      body,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
    });
  }
}
