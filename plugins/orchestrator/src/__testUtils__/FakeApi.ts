import { http, HttpResponse, JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { OrchestratorErrorBody } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { definition, devMode } from './fixtures';

export const apiUrl = 'http://localhost:7007/api/orchestrator';

/** A request as a test looks at it. */
export interface SeenRequest {
  method: string;
  /** Path and query below the API's address. */
  path: string;
  body: unknown;
  idempotencyKey: string | null;
}

interface Answer {
  body: JsonBodyType;
  status: number;
}

type Method = 'get' | 'post' | 'patch';

/** The orchestrator's API over real HTTP: a test says what is answered, and sees what was asked. */
export class FakeApi {
  readonly requests: SeenRequest[] = [];
  readonly #server = setupServer();

  /** Starts and stops with the tests of the file. */
  static install(): FakeApi {
    const api = new FakeApi();
    registerMswTestHooks(api.#server);
    beforeEach(() => {
      api.requests.length = 0;
      api.answer('/mode', devMode);
      api.answer('/workflows', { items: [], asOf: '', stale: false });
      api.answer('/workflows/:id/definition', definition);
      api.answer('/instances', { items: [], asOf: '', stale: false });
      api.answer('/instances/counts', { counts: {}, total: 0, capped: false });
    });
    return api;
  }

  /** What a path answers from now on; later answers win. */
  answer(path: string, body: JsonBodyType, status = 200, method?: Method) {
    this.#handle(method ?? 'get', path, () =>
      HttpResponse.json(body, { status }),
    );
  }

  /** What a path answers depends on the query. */
  answerBy(path: string, bodyOf: (query: URLSearchParams) => JsonBodyType) {
    this.#handle('get', path, request =>
      HttpResponse.json(bodyOf(new URL(request.url).searchParams)),
    );
  }

  answerPatch(path: string, body: JsonBodyType, status = 200) {
    this.answer(path, body, status, 'patch');
  }

  answerPost(path: string, body: JsonBodyType, status = 200) {
    this.answer(path, body, status, 'post');
  }

  /** Answers with the API's error body. */
  fail(
    path: string,
    status: number,
    message: string,
    details?: OrchestratorErrorBody['error']['details'],
    method: Method = 'get',
  ) {
    const error = { name: 'Error', message, ...(details && { details }) };
    this.answer(
      path,
      { error, response: { statusCode: status } },
      status,
      method,
    );
  }

  /** What is asked of a path waits for the answer that the returned function gives to all. */
  hold(path: string, method: Method) {
    let answer = (_response: Answer) => {};
    const answered = new Promise<Answer>(resolve => {
      answer = resolve;
    });
    this.#handle(method, path, async () => {
      const { body, status } = await answered;
      return HttpResponse.json(body, { status });
    });
    return (body: JsonBodyType, status = 200) => answer({ body, status });
  }

  /** The connection breaks before an answer comes. */
  breakDown(path: string, method: Method) {
    this.#handle(method, path, () => HttpResponse.error());
  }

  /** What was asked of paths that begin so. */
  asked(method: string, prefix: string): SeenRequest[] {
    return this.requests.filter(
      request => request.method === method && request.path.startsWith(prefix),
    );
  }

  #handle(
    method: Method,
    path: string,
    respond: (request: Request) => Response | Promise<Response>,
  ) {
    this.#server.use(
      http[method](`${apiUrl}${path}`, async ({ request }) => {
        const text = await request.text();
        this.requests.push({
          method: request.method,
          path: decodeURIComponent(request.url.slice(apiUrl.length)),
          body: text ? JSON.parse(text) : undefined,
          idempotencyKey: request.headers.get('Idempotency-Key'),
        });
        return respond(request);
      }),
    );
  }
}
